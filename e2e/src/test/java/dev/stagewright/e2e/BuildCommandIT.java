package dev.stagewright.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** {@code stagewright build} with a folder of this machine. */
@ExtendWith(StagewrightExtension.class)
class BuildCommandIT {
  private static final Duration LONG = Duration.ofMinutes(5);

  @TempDir private Path folder;
  private Path context;
  private Optional<CommandLine> installed = Optional.empty();

  @BeforeEach
  void createContext() throws IOException {
    context = Files.createDirectory(folder.resolve("context"));
  }

  private void write(String name, String text) throws IOException {
    var file = context.resolve(name);
    Files.createDirectories(file.getParent());
    Files.writeString(file, text);
  }

  private String[] line(TestNamespace namespace, String image, String... arguments) {
    var line =
        new ArrayList<>(
            List.of("build", context.toString(), "-t", namespace.image(image), "--plain-http"));
    line.addAll(List.of("--operator", namespace.environment().operator().operatorName()));
    line.addAll(List.of(arguments));
    return line.toArray(String[]::new);
  }

  private Shell.Result build(TestNamespace namespace, String image, String... arguments) {
    return stagewright(namespace).run(line(namespace, image, arguments));
  }

  private CommandLine.Started start(TestNamespace namespace, String image, String... arguments) {
    return stagewright(namespace).start(line(namespace, image, arguments));
  }

  private CommandLine stagewright(TestNamespace namespace) {
    if (installed.isEmpty()) {
      installed = Optional.of(CommandLine.install(namespace, folder));
    }
    return installed.get();
  }

  private static String repository(TestNamespace namespace, String image) {
    var reference = namespace.image(image);
    return reference.substring(0, reference.lastIndexOf(':'));
  }

  private static Build named(TestNamespace namespace, String name) {
    return new Build(namespace, name);
  }

  @Test
  void buildsAFolderAndItsChanges(TestNamespace namespace) throws IOException {
    write("Dockerfile", "FROM busybox\nCOPY . /app\nRUN cat /app/motd && ls -l /app/run\n");
    write(".dockerignore", "*.log\n");
    write("motd", "good morning\n");
    write("debug.log", "not sent\n");
    write("run", "#!/bin/sh\n");
    Files.setPosixFilePermissions(
        context.resolve("run"), PosixFilePermissions.fromString("rwxr-x---"));
    Files.createSymbolicLink(context.resolve("link"), Path.of("motd"));

    var first = build(namespace, "hello", "--name", "hello");

    assertThat(first.exitCode()).as(first.output()).isZero();
    assertThat(first.output())
        .contains("build context: 5 files and directories", "good morning", "-rwxr-x---")
        .contains(repository(namespace, "hello") + "@sha256:");
    var image = named(namespace, "hello").image();
    assertThat(image.paths())
        .contains("app/motd", "app/run", "app/link")
        .doesNotContain("app/debug.log");

    write("motd", "good evening\n");
    var second = build(namespace, "hello", "--name", "hello", "--no-cache");

    assertThat(second.exitCode()).as(second.output()).isZero();
    assertThat(second.output()).contains("good evening");
    assertThat(named(namespace, "hello").image().digest()).isNotEqualTo(image.digest());

    var third = build(namespace, "hello", "--name", "hello");

    assertThat(third.exitCode()).as(third.output()).isZero();
    assertThat(namespace.get("hello").getMetadata().getAnnotations())
        .doesNotContainKey("stagewright.dev/no-cache");
    assertThat(namespace.get("hello").<Integer>get("status", "run")).isEqualTo(3);
  }

  @Test
  void dockerfileCanComeFromOutsideOfTheContext(TestNamespace namespace) throws IOException {
    write("motd", "hello\n");
    Files.writeString(folder.resolve("other"), "FROM busybox\nCOPY motd /\nRUN cat /motd\n");

    var result = build(namespace, "outside", "-f", folder.resolve("other").toString());

    assertThat(result.exitCode()).as(result.output()).isZero();
  }

  @Test
  void dockerfileCanComeFromStandardInput(TestNamespace namespace) throws IOException {
    write("motd", "hello\n");

    var result =
        stagewright(namespace)
            .runWithInput(
                "FROM busybox\nCOPY motd /\nRUN cat /motd\n",
                line(namespace, "input", "-f", "-", "-q"));

    assertThat(result.exitCode()).as(result.output()).isZero();
    assertThat(result.output().lines().toList().getLast())
        .startsWith(repository(namespace, "input") + "@sha256:");
  }

  @Test
  void failingRunGivesItsExitCode(TestNamespace namespace) throws IOException {
    write("Dockerfile", "FROM busybox AS broken\nRUN echo no rule; exit 42\n");
    var metadata = folder.resolve("metadata.json");

    var result = build(namespace, "broken", "--metadata-file", metadata.toString());

    assertThat(result.exitCode()).as(result.output()).isEqualTo(1);
    assertThat(result.output()).contains("no rule");
    assertThat(metadata).content().contains("\"exitCode\" : 42", "\"stage\" : \"broken\"");
  }

  @Test
  void secretIsReadableInRunAndBelongsToTheBuild(TestNamespace namespace) throws IOException {
    write(
        "Dockerfile", "FROM busybox\nRUN --mount=type=secret,id=token wc -c /run/secrets/token\n");
    var token = Files.writeString(folder.resolve("token"), "s3cret-value");

    var result =
        build(namespace, "secret", "--name", "secret", "--secret", "id=token,src=" + token);

    assertThat(result.exitCode()).as(result.output()).isZero();
    assertThat(result.output()).contains("12 /run/secrets/token").doesNotContain("s3cret-value");
    var secret =
        namespace.client().secrets().inNamespace(namespace.name()).withName("secret-secrets");
    assertThat(secret.get().getMetadata().getOwnerReferences())
        .singleElement()
        .satisfies(owner -> assertThat(owner.getName()).isEqualTo("secret"));
  }

  @Test
  void interruptCancelsTheRun(TestNamespace namespace) throws Exception {
    var latch = namespace.latch("running");
    write("Dockerfile", "FROM busybox\nRUN echo started; " + latch.command() + "\n");
    var building = start(namespace, "interrupted", "--name", "interrupted");
    building.awaitOutput("started");

    interrupt(building);
    var result = building.await();

    assertThat(result.exitCode()).as(result.output()).isEqualTo(130);
    assertThat(result.output()).contains("cancelled the build interrupted");
    await(namespace, "interrupted", "Cancelled");
    latch.release();
  }

  /** Sends SIGINT to the command, which kubectl replaces itself with. */
  private static void interrupt(CommandLine.Started started) throws Exception {
    var kill = new ProcessBuilder("kill", "-INT", Long.toString(started.process().pid())).start();
    assertThat(kill.waitFor(1, TimeUnit.MINUTES)).isTrue();
  }

  private static void await(TestNamespace namespace, String build, String phase) {
    Awaitility.await()
        .atMost(LONG)
        .untilAsserted(
            () -> assertThat(namespace.get(build).<String>get("status", "phase")).isEqualTo(phase));
  }

  @Test
  void clientThatIsKilledDuringTheUploadFailsTheRun(TestNamespace namespace) throws Exception {
    write("Dockerfile", "FROM busybox\nCOPY . /\n");
    try (var large = new RandomAccessFile(context.resolve("large").toFile(), "rw")) {
      large.setLength(2L << 30);
    }
    var building = start(namespace, "killed", "--name", "killed");
    building.awaitOutput("upload of the build context");

    building.process().descendants().forEach(ProcessHandle::destroyForcibly);
    building.process().destroyForcibly();

    await(namespace, "killed", "Failed");
    assertThat(namespace.get("killed").<String>get("status", "failure", "reason"))
        .isEqualTo("SourceStreamBroken");
  }

  @Test
  void contextIsSentAgainWhenTheWorkerPodIsLost(TestNamespace namespace) throws Exception {
    write("Dockerfile", "FROM busybox\nCOPY motd /\nRUN cat /motd\n");
    write("motd", "good morning\n");
    try (var large = new RandomAccessFile(context.resolve("large").toFile(), "rw")) {
      large.setLength(300L << 20);
    }
    var building = start(namespace, "lost", "--name", "lost");
    building.awaitOutput("upload of the build context");

    namespace.delete(namespace.client().pods().inNamespace(namespace.name()).list().getItems());
    var result = building.await();

    assertThat(result.exitCode()).as(result.output()).isZero();
    assertThat(result.output())
        .contains("the connection to the Pod ended while the build context was sent")
        .contains("good morning");
    assertThat(namespace.get("lost").<Integer>get("status", "run")).isEqualTo(1);
  }

  @Test
  void twoBuildsAtOnceDoNotDisturbEachOther(TestNamespace namespace) throws Exception {
    var latch = namespace.latch("both");
    write("Dockerfile", "FROM busybox\nARG WHO\nRUN echo I am $WHO; " + latch.command() + "\n");
    var one = start(namespace, "shared", "--build-arg", "WHO=one");
    one.awaitOutput("I am one");
    var two = start(namespace, "shared", "--build-arg", "WHO=two");
    two.awaitOutput("I am two");
    latch.release();

    var results = List.of(one.await(), two.await());

    assertThat(results).extracting(Shell.Result::exitCode).as("%s", results).containsOnly(0);
  }

  @Test
  void dryRunCanBeApplied(TestNamespace namespace) throws IOException {
    write("Dockerfile", "FROM busybox\n");
    var result = build(namespace, "dry", "--name", "dry", "--dry-run", "-o", "json");

    assertThat(result.exitCode()).as(result.output()).isZero();
    namespace.apply(result.output());
    await(namespace, "dry", "Preparing");
  }
}
