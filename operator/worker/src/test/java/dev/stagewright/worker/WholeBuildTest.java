package dev.stagewright.worker;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stagewright.layers.oci.ContainerConfig;
import dev.stagewright.layers.oci.ImageReference;
import dev.stagewright.layers.oci.Platform;
import dev.stagewright.layers.tar.TarReader;
import dev.stagewright.protocol.SandboxKind;
import dev.stagewright.protocol.StagePlan;
import dev.stagewright.protocol.Termination;
import dev.stagewright.protocol.Workspace;
import dev.stagewright.registry.RegistryClient;
import dev.stagewright.registry.auth.Credentials;
import dev.stagewright.registry.host.RegistryHosts;
import dev.stagewright.registry.pull.ResolvedImage;
import dev.stagewright.worker.registries.LocalRegistry;
import dev.stagewright.worker.registries.SmallImage;
import dev.stagewright.worker.stages.WorkerStages;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.lang.ProcessBuilder.Redirect;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.api.io.TempDir;

/**
 * Tests of a whole build without a cluster: prepare, the stages as processes or in this process,
 * and publish.
 */
@EnabledIf(value = "isRoot", disabledReason = "stages give files their owners, which takes root")
class WholeBuildTest {
  private static final String DOCKERFILE =
      """
      FROM scratch AS files
      ARG GREETING=hello
      WORKDIR /srv
      COPY motd .
      COPY <<EOF /etc/greeting
      $GREETING
      EOF

      FROM files AS more
      COPY --chown=7:8 src/ /srv/src/

      FROM scratch AS unused
      COPY absent /

      FROM scratch AS app
      COPY --from=files /etc/greeting /greeting
      COPY --from=more /srv /srv
      ENV WHO=world
      """;
  private static final Map<String, String> CONTEXT = Map.of("motd", "hi\n", "src/a.c", "int a;\n");

  @TempDir private Path directory;
  private LocalRegistry registry;
  private Phases phases;

  @BeforeEach
  void start() throws Exception {
    registry = LocalRegistry.start(directory, Optional.empty());
    phases = new Phases(directory, registry.host());
  }

  @AfterEach
  void stop() {
    registry.close();
  }

  @Test
  void copiesFilesBetweenStages() throws Exception {
    build(DOCKERFILE);

    assertThat(pull())
        .containsOnly(
            Map.entry("greeting", "0:0 hello\n"),
            Map.entry("srv", "0:0 "),
            Map.entry("srv/motd", "0:0 hi\n"),
            Map.entry("srv/src", "7:8 "),
            Map.entry("srv/src/a.c", "7:8 int a;\n"));
  }

  @Test
  void buildsStageOnParent() throws Exception {
    build(DOCKERFILE.substring(0, DOCKERFILE.indexOf("FROM scratch AS unused")));

    assertThat(pull())
        .containsEntry("srv/motd", "0:0 hi\n")
        .containsEntry("etc/greeting", "0:0 hello\n")
        .containsEntry("srv/src/a.c", "7:8 int a;\n");
    assertThat(phases.plan().stages()).extracting(StagePlan::snapshot).containsOnly(true);
  }

  @Test
  void buildsTheSameWithoutPods() throws Exception {
    pushBase();
    var dockerfile =
        DOCKERFILE
            + "FROM %s/team/base:1\nCOPY --from=more --chown=3 /srv/ /of-base/\nCOPY --from=app / /app/\n"
                .formatted(registry.host());
    phases.allowStagesInTheWorker(1 << 20);
    assertThat(phases.prepare(dockerfile, CONTEXT)).as(phases.log()).isZero();
    var plan = phases.plan();
    assertThat(plan.stages()).allMatch(StagePlan::runsInWorker).hasSizeGreaterThan(3);
    assertThat(phases.log()).contains(", in the worker\n");

    var log = new ByteArrayOutputStream();
    try (var client = RegistryClient.create(RegistryHosts.defaults(), Credentials.none());
        var threads = Executors.newFixedThreadPool(plan.stages().size())) {
      var stages =
          WorkerStages.create(
              phases.workspace(),
              directory.resolve("scratch"),
              client,
              1 << 20,
              new Log(new PrintStream(log, true, StandardCharsets.UTF_8)));
      var runs = new ArrayList<Future<Termination.Staged>>();
      // Each stage starts before those that it needs.
      for (var stage : plan.stages().reversed()) {
        runs.add(threads.submit(() -> stages.run(plan, stage)));
      }
      for (var run : runs) {
        assertThat(run.get().sandbox()).isEqualTo(SandboxKind.DIRECTORY);
      }
    }
    assertThat(directory.resolve("scratch")).isEmptyDirectory();
    assertThat(log.toString(StandardCharsets.UTF_8).lines()).allMatch(line -> line.startsWith("["));
    assertThat(phases.publish()).as(phases.log()).isZero();
    assertThat(pull())
        .containsEntry("motd", "0:0 of the base")
        .containsEntry("of-base/motd", "3:3 hi\n")
        .containsEntry("app/greeting", "0:0 hello\n");
  }

  private void pushBase() throws IOException {
    var base =
        SmallImage.create(directory.resolve("base"), "motd", "of the base", ContainerConfig.EMPTY);
    try (var client = RegistryClient.create(RegistryHosts.defaults(), Credentials.none())) {
      base.push(client, ImageReference.parse(registry.host() + "/team/base:1"));
    }
  }

  static boolean isRoot() {
    return "root".equals(System.getProperty("user.name"));
  }

  private void build(String dockerfile) throws IOException, InterruptedException {
    assertThat(phases.prepare(dockerfile, CONTEXT)).as(phases.log()).isZero();
    for (var stage : phases.plan().stages()) {
      runStage(stage);
    }
    assertThat(phases.publish()).as(phases.log()).isZero();
  }

  private void runStage(StagePlan stage) throws IOException, InterruptedException {
    var workspace = phases.workspace();
    var root = Files.createDirectories(directory.resolve("roots").resolve(stage.id()));
    var log = directory.resolve(stage.id() + ".log");
    var process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "--enable-native-access=ALL-UNNAMED",
                "-cp",
                System.getProperty("java.class.path"),
                "dev.stagewright.stage.StageMain",
                stage.id(),
                "--root",
                root.toString(),
                "--plan",
                phases.planFile().toString(),
                "--own",
                workspace.resolve(Workspace.stage(stage.id())).toString(),
                "--context",
                workspace.resolve(Workspace.CONTEXT).toString(),
                "--stages",
                workspace.resolve(Workspace.STAGES).toString(),
                "--termination-log",
                directory.resolve(stage.id() + ".last").toString())
            .redirectErrorStream(true)
            .redirectOutput(Redirect.to(log.toFile()))
            .start();
    assertThat(process.waitFor()).as(Files.readString(log)).isZero();
  }

  /** Returns owner and content of every file of the image, by path. */
  private Map<String, String> pull() throws IOException {
    try (var client = RegistryClient.create(RegistryHosts.defaults(), Credentials.none())) {
      var reference = ImageReference.parse(registry.host() + "/team/app:1");
      return files(client, client.resolve(reference, Platform.LINUX_AMD64));
    }
  }

  private static Map<String, String> files(RegistryClient client, ResolvedImage image)
      throws IOException {
    var files = new LinkedHashMap<String, String>();
    for (var layer : image.manifest().layers()) {
      try (var in = new GZIPInputStream(client.blob(image.location(), layer))) {
        var tar = new TarReader(in);
        for (var entry = tar.next(); entry.isPresent(); entry = tar.next()) {
          var content = new String(tar.content().readAllBytes(), StandardCharsets.UTF_8);
          var owner = entry.get().uid() + ":" + entry.get().gid() + " ";
          files.put(entry.get().name(), owner + content);
        }
      }
    }
    return files;
  }
}
