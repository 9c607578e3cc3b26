package dev.stagewright.kubectl;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stagewright.kubectl.cluster.Kubeconfigs;
import dev.stagewright.kubectl.cluster.StubApiServer;
import dev.stagewright.kubectl.support.TestBuilds;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The commands that wait for builds, cancel, retry, and complete them, with a stub API server. */
class BuildCommandsTest {
  private static final String BUILDS = "/apis/stagewright.dev/v1alpha1/namespaces/team/imagebuilds";
  private static final String HELLO = BUILDS + "/hello";

  @TempDir private Path folder;
  private final StubApiServer server = new StubApiServer();
  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();
  private String kubeconfig = "";

  @BeforeEach
  void writeKubeconfig() throws Exception {
    kubeconfig =
        Files.writeString(folder.resolve("config"), Kubeconfigs.of(server.url())).toString();
  }

  @AfterEach
  void stop() {
    server.close();
  }

  private void respond(String status) {
    server.respond(HELLO, Serialization.asJson(TestBuilds.hello(status)));
  }

  private int run(String... arguments) {
    return StagewrightCommand.commandLine()
        .setOut(new PrintWriter(out, true))
        .setErr(new PrintWriter(err, true))
        .execute(
            Stream.concat(Stream.of(arguments), Stream.of("--kubeconfig", kubeconfig))
                .toArray(String[]::new));
  }

  @Test
  void waitPrintsTheImage() {
    respond(
        "phase: Succeeded\nimage: {reference: 'r/hello:1', digest: 'sha256:5d', size: 1, layers: 1,"
            + " pinned: 'r/hello@sha256:5d'}");

    assertThat(run("wait", "hello", "-o", "image")).isZero();
    assertThat(out.toString().strip()).isEqualTo("r/hello@sha256:5d");
  }

  @Test
  void waitEndsWithTheResultOfTheBuild() {
    respond("phase: Failed\nfailure: {reason: RunFailed, stage: builder, message: exit code 2}");

    assertThat(run("wait", "hello")).isEqualTo(1);
    assertThat(err.toString().strip())
        .isEqualTo("hello: Failed: RunFailed, stage builder: exit code 2");
  }

  @Test
  void waitEndsAtTheTimeout() {
    respond("phase: Building");

    assertThat(run("wait", "hello", "--timeout", "0s")).isEqualTo(4);
    assertThat(err.toString().strip()).isEqualTo("hello is still Building after 0s");
  }

  @Test
  void waitRejectsUnknownBuildsAndGoals() {
    assertThat(run("wait", "missing")).isEqualTo(3);
    assertThat(run("wait", "hello", "--for", "phase=Done")).isEqualTo(2);
    assertThat(err.toString()).contains("Done is not one of Pending, Queued");
  }

  @Test
  void cancelLeavesARunThatHasEnded() {
    respond("phase: Succeeded\nrun: 3");

    assertThat(run("cancel", "hello")).isZero();
    assertThat(out.toString().strip()).isEqualTo("run 3 of hello has already ended: Succeeded");
  }

  @Test
  void cancelEndsAtTheTimeout() {
    respond("phase: Building\nrun: 3");

    assertThat(run("cancel", "hello", "--timeout", "0s")).isEqualTo(4);
    assertThat(err.toString()).startsWith("the operator has not cancelled run 3 of hello yet");
  }

  @Test
  void retryIsRefusedWhileARunIsActive() {
    respond("phase: Building\nrun: 3");

    assertThat(run("retry", "hello")).isEqualTo(1);
    assertThat(err.toString()).startsWith("run 3 of hello is Building; wait for it");
  }

  @Test
  void retryStartsAnotherRun() {
    respond("phase: Failed\nrun: 3");

    assertThat(run("retry", "hello")).isZero();
    assertThat(out.toString().strip()).isEqualTo("another run of hello starts");
    assertThat(server.requests()).last().asString().contains("fieldManager=stagewright");
  }

  @Test
  void completionAsksTheSelectedCluster() {
    server.respond(
        BUILDS,
        "{\"apiVersion\": \"stagewright.dev/v1alpha1\", \"kind\": \"ImageBuildList\", \"items\": ["
            + Serialization.asJson(TestBuilds.hello("phase: Building"))
            + "]}");
    var exitCode =
        StagewrightCommand.commandLine()
            .setOut(new PrintWriter(out, true))
            .execute("__complete", "--", "logs", "--kubeconfig", kubeconfig, "-f", "he");

    assertThat(exitCode).isZero();
    assertThat(out.toString()).isEqualTo("hello\n:4\n");
  }
}
