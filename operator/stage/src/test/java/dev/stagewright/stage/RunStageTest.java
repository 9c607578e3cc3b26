package dev.stagewright.stage;

import static dev.stagewright.stage.TestStage.exec;
import static dev.stagewright.stage.TestStage.run;
import static org.assertj.core.api.Assertions.assertThat;

import dev.stagewright.protocol.FailureReason;
import dev.stagewright.protocol.RunOptions;
import dev.stagewright.protocol.SandboxKind;
import dev.stagewright.protocol.Step;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/** RUN in a stage Pod. */
@NeedsRoot
@ParameterizedClass(name = "{0}")
@EnumSource(
    value = SandboxKind.class,
    names = {"IN_PLACE", "USER_NAMESPACE"})
class RunStageTest {
  @Parameter SandboxKind sandbox = SandboxKind.IN_PLACE;
  @TempDir Path folder;
  private TestRoot root;
  private TestStage build;

  @BeforeEach
  void prepare() throws IOException {
    root = TestRoot.create(Files.createDirectory(folder.resolve("root")));
    build = new TestStage(folder.resolve("workspace"), sandbox);
  }

  private int runs(Step... steps) throws IOException {
    return build.stage("s0", TestStage.BASE, List.of(), true, steps).run("s0", root.path());
  }

  @Test
  void logHasMarkersAndOutput() throws IOException {
    assertThat(runs(run("printf out; printf err >&2"), run("true"))).isZero();
    assertThat(build.log())
        .isEqualTo(
            """
            [builder0 1/3] FROM base
            [builder0 2/3] RUN printf out; printf err >&2
            outerr
            [builder0 3/3] RUN true
            """);
  }

  @Test
  void commandsInheritNoVariables() throws IOException {
    runs(exec("", "/bin/env"));
    assertThat(build.log().lines().skip(2))
        .containsExactlyInAnyOrder("PATH=/bin:/usr/bin", "HOME=/root");
  }

  @Test
  void commandRunsAsTheUserWithGroupsAndHome() throws IOException {
    runs(run("id; echo $HOME; umask; whoami", "dev"));
    assertThat(build.log())
        .contains("uid=1000(dev) gid=1001(dev) groups=10(wheel),50(staff),1001(dev)")
        .contains("\n/home/dev\n0022\ndev\n");
  }

  @Test
  void explicitGroupHasNoSupplementaryGroups() throws IOException {
    runs(run("id", "dev:staff"));
    assertThat(build.log()).contains("uid=1000(dev) gid=50(staff) groups=50(staff)\n");
  }

  @Test
  void failureHasExitCodeAndPosition() throws IOException {
    assertThat(runs(run("exit 3"))).isEqualTo(30);
    var failure = build.failure();
    assertThat(failure.reason()).isEqualTo(FailureReason.RunFailed);
    assertThat(failure.message())
        .isEqualTo("The command '/bin/sh -c exit 3' returned a non-zero code: 3");
    assertThat(failure.stage()).hasValue("builder0");
    assertThat(failure.position().orElseThrow().line()).isEqualTo(7);
    assertThat(failure.exitCode()).hasValue(3);
    assertThat(build.log()).endsWith("ERROR: Dockerfile:7: " + failure.message() + "\n");
  }

  @Test
  void signalIsReported() throws IOException {
    runs(run("kill -9 $$"));
    assertThat(build.failure().exitCode()).hasValue(137);
    assertThat(build.failure().message()).endsWith("returned a non-zero code: 137 (SIGKILL)");
  }

  @Test
  void remainingProcessesAreKilled() throws IOException {
    assertThat(runs(run("setsid sleep 1000 & (sleep 1000; echo late) & echo done"))).isZero();
    assertThat(build.log()).endsWith("done\n");
    assertThat(ProcessHandle.current().descendants()).isEmpty();
  }

  @Test
  void programsAreFoundInThePathOfTheStage() throws IOException {
    root.write("tmp/hello", "#!/bin/sh\necho hello\n");
    assertThat(Files.exists(root.path().resolve("tmp/hello"))).isTrue();
    var step =
        new Step.Run(
            TestStage.position("RUN"),
            List.of("hello"),
            List.of(),
            Map.of("PATH", "/bin:/tmp"),
            "/",
            "");
    runs(run("chmod +x /tmp/hello"), step);
    assertThat(build.log()).endsWith("hello\n");
  }

  @Test
  void programIsCalledByTheNameInTheDockerfile() throws IOException {
    runs(exec("", "sh", "-c", "echo $0"), exec("", "/bin/sh", "-c", "echo $0"));
    assertThat(build.log().lines().filter(line -> !line.startsWith("[")))
        .containsExactly("sh", "/bin/sh");
  }

  @Test
  void privilegesAreLogged() throws IOException {
    var insecure = new RunOptions(List.of(), RunOptions.Network.DEFAULT, true);
    runs(TestStage.withOptions(run("true"), insecure));
    assertThat(build.log())
        .endsWith("--security=insecure: the command has all privileges of the Pod\n");
  }

  @Test
  void programIsCalledByThePathInTheDockerfile() throws IOException {
    root.write("tmp/hello", "#!/bin/sh\necho $0\n");
    var step =
        new Step.Run(
            TestStage.position("RUN"), List.of("./hello"), List.of(), Map.of(), "/tmp", "");
    runs(run("chmod +x /tmp/hello"), step);
    assertThat(build.log()).endsWith("\n./hello\n");
  }

  private static Step.Run in(String workingDirectory, String user, String... command) {
    return new Step.Run(
        TestStage.position("RUN"), List.of(command), List.of(), Map.of(), workingDirectory, user);
  }

  @Test
  void workingDirectoryIsCreated() throws IOException {
    assertThat(runs(in("/srv/grün/app", "", "/bin/sh", "-c", "pwd"))).as(build.log()).isZero();
    assertThat(build.log()).endsWith("/srv/grün/app\n");
    assertThat(build.layer("s0", 0)).hasSize(3).contains("srv/");
  }

  @Test
  void directoriesBeforeDotDotAreCreated() throws IOException {
    assertThat(runs(in("/one//two/../three/", "", "/bin/sh", "-c", "pwd")))
        .as(build.log())
        .isZero();
    assertThat(build.log()).endsWith("/one/three\n");
    assertThat(build.layer("s0", 0)).containsExactly("one/", "one/three/", "one/two/");
  }

  @Test
  void createdWorkingDirectoryIsOwnedByTheUser() throws IOException {
    assertThat(runs(in("/srv/app", "dev", "/bin/stat", "-c", "%n %u:%g %a", "/srv", "/srv/app")))
        .as(build.log())
        .isZero();
    assertThat(build.log()).endsWith("/srv 1000:1001 755\n/srv/app 1000:1001 755\n");
  }

  @Test
  void textIsUtf8() throws IOException {
    runs(exec("", "/bin/echo", "grün 世界"));
    assertThat(build.log()).endsWith("\ngrün 世界\n");
  }

  @Test
  void scriptsExistOnlyWhileTheCommandRuns() throws IOException {
    var script =
        new Step.Run(
            TestStage.position("RUN <<EOF"),
            List.of("/tmp/pipes/EOF"),
            List.of(new Step.InlineFile("/tmp/pipes/EOF", "#!/bin/sh\necho from a script\n")),
            Map.of(),
            "/",
            "");
    assertThat(runs(script)).as(build.log()).isZero();
    assertThat(build.log()).endsWith("from a script\n");
    assertThat(build.layer("s0", 0)).isEmpty();
  }

  @Test
  void missingProgramsAreExplained() throws IOException {
    Files.delete(root.path().resolve("bin/sh"));
    runs(run("true"));
    assertThat(build.failure().message())
        .startsWith("\"/bin/sh\": not found in the image; the base");
  }

  @Test
  void missingLoadersAreExplained() throws IOException {
    Files.copy(Path.of("/bin/true"), root.path().resolve("bin/dynamic"));
    runs(run("chmod 755 /bin/dynamic"), exec("", "/bin/dynamic"));
    assertThat(build.failure().message())
        .isEqualTo(
            "/bin/dynamic exists, but its loader /lib64/ld-linux-x86-64.so.2 is missing: the program was"
                + " linked against another C library");
  }

  @Test
  void unknownUsersAreReported() throws IOException {
    runs(run("true", "nobody-there"));
    assertThat(build.failure().message())
        .isEqualTo("unable to find user nobody-there: no matching entries in passwd file");
  }

  @Test
  void fileAsWorkingDirectoryIsReported() throws IOException {
    var step =
        new Step.Run(
            TestStage.position("RUN true"),
            List.of("/bin/true"),
            List.of(),
            Map.of(),
            "/etc/passwd/x",
            "");
    assertThat(runs(step)).isEqualTo(30);
    assertThat(build.failure().message()).isEqualTo("RUN failed: /etc/passwd: not a directory");
    assertThat(build.log()).doesNotContain("\tat ");
  }
}
