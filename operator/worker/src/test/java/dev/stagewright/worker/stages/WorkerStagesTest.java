package dev.stagewright.worker.stages;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.stagewright.layers.oci.Descriptor;
import dev.stagewright.layers.oci.Digest;
import dev.stagewright.layers.oci.ImageReference;
import dev.stagewright.layers.oci.MediaTypes;
import dev.stagewright.layers.oci.Platform;
import dev.stagewright.layers.tar.IndexedTarWriter;
import dev.stagewright.layers.tar.TarEntry;
import dev.stagewright.layers.tar.TarWriter;
import dev.stagewright.protocol.BuildFailedException;
import dev.stagewright.protocol.BuildPlan;
import dev.stagewright.protocol.Failure;
import dev.stagewright.protocol.FailureReason;
import dev.stagewright.protocol.InstructionPosition;
import dev.stagewright.protocol.SandboxKind;
import dev.stagewright.protocol.StageBase;
import dev.stagewright.protocol.StageLocation;
import dev.stagewright.protocol.StagePlan;
import dev.stagewright.protocol.Step;
import dev.stagewright.protocol.Workspace;
import dev.stagewright.registry.error.ErrorKind;
import dev.stagewright.registry.error.RegistryException;
import dev.stagewright.stage.base.BaseImageUnpacker;
import dev.stagewright.stage.base.UnpackLimit;
import dev.stagewright.worker.Log;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.api.io.TempDir;

/** Tests of stages that run in the worker. */
@EnabledIf(value = "isRoot", disabledReason = "stages give files their owners, which takes root")
class WorkerStagesTest {
  private static final InstructionPosition FROM =
      new InstructionPosition("Dockerfile", 3, "FROM base AS app");
  private static final InstructionPosition COPY =
      new InstructionPosition("Dockerfile", 4, "COPY one two /x/");

  @TempDir private Path directory;
  private final ByteArrayOutputStream log = new ByteArrayOutputStream();
  private byte[] layer = new byte[0];

  static boolean isRoot() {
    return "root".equals(System.getProperty("user.name"));
  }

  @BeforeEach
  void writeContext() throws IOException {
    var context = Files.createDirectories(directory.resolve("workspace/context"));
    try (var tar =
        new IndexedTarWriter(context.resolve(Workspace.TAR), context.resolve(Workspace.INDEX))) {
      tar.put(TarEntry.file("one", 3), new ByteArrayInputStream(new byte[3]));
      tar.finish();
    }
    var bytes = new ByteArrayOutputStream();
    try (var tar = new TarWriter(bytes)) {
      tar.put(TarEntry.file("of-base", 2000), new ByteArrayInputStream(new byte[2000]));
    }
    layer = bytes.toByteArray();
  }

  private WorkerStages stages(BaseImageUnpacker.Layers layers, long limit) {
    return new WorkerStages(
        directory.resolve("workspace"),
        directory.resolve("scratch"),
        new RegistryBases(new BaseImageUnpacker(layers, new UnpackLimit(limit, 100))),
        new Log(new PrintStream(log, true, StandardCharsets.UTF_8)));
  }

  private WorkerStages stages() {
    return stages((_, _) -> new ByteArrayInputStream(layer), 1 << 20);
  }

  private StageBase.Image image() {
    var name = ImageReference.parse("registry.example.com/base:1");
    var digest = Digest.of(layer);
    return new StageBase.Image(
        "base",
        name,
        name,
        List.of(
            new StageBase.BaseLayer(
                new Descriptor(MediaTypes.LAYER_GZIP, digest, layer.length), digest)),
        Set.of(),
        List.of());
  }

  private static Step.Copy copy(Step.CopyFrom from, String... sources) {
    return Step.Copy.builder(COPY, from, "/x/").sources(List.of(sources)).build();
  }

  private static StagePlan stage(String id, String name, StageBase base, Step... steps) {
    return StagePlan.builder(id, name, FROM)
        .base(base)
        .steps(List.of(steps))
        .exports(List.of("/x"))
        .snapshot(true)
        .location(StageLocation.WORKER)
        .build();
  }

  private static BuildPlan plan(StagePlan... stages) {
    return BuildPlan.builder(Platform.LINUX_AMD64, List.of(stages), stages[stages.length - 1].id())
        .build();
  }

  private String log() {
    return log.toString(StandardCharsets.UTF_8);
  }

  private Failure failure(WorkerStages stages, StagePlan stage) {
    return catchThrowableOfType(BuildFailedException.class, () -> stages.run(plan(stage), stage))
        .failure();
  }

  @Test
  void leavesTheResultOnTheWorkspace() throws Exception {
    var stage = stage("s0", "app", image(), copy(new Step.CopyFrom.Context(), "one"));

    var staged = stages().run(plan(stage), stage);

    assertThat(staged.stage()).isEqualTo("s0");
    assertThat(staged.layers()).isEqualTo(1);
    assertThat(staged.sandbox()).isEqualTo(SandboxKind.DIRECTORY);
    assertThat(staged.peakMemory()).isEmpty();
    assertThat(directory.resolve("workspace/stages/s0/result.json")).exists();
    assertThat(directory.resolve("scratch")).isEmptyDirectory();
    assertThat(log()).isEqualTo("[app 1/2] FROM base AS app\n[app 2/2] COPY one two /x/\n");
  }

  @Test
  void otherLinesHaveTheNameOfTheStage() throws Exception {
    var stage =
        stage(
            "s0",
            "app",
            new StageBase.Scratch(),
            Step.Copy.builder(COPY, new Step.CopyFrom.Context(), "/x/")
                .sources(List.of("one"))
                .chown(Optional.of("nobody"))
                .build());

    stages().run(plan(stage), stage);

    assertThat(log()).contains("\n[app] WARNING: --chown=nobody: the stage has no user nobody; ");
  }

  @Test
  void instructionsFailAsInAPod() {
    var stage = stage("s0", "app", image(), copy(new Step.CopyFrom.Context(), "one", "two"));

    var failure = failure(stages(), stage);

    assertThat(failure.reason()).isEqualTo(FailureReason.CopyFailed);
    assertThat(failure.message()).startsWith("COPY failed: ").contains("two");
    assertThat(failure.stage()).contains("app");
    assertThat(failure.position()).contains(COPY);
    assertThat(directory.resolve("workspace/stages/s0/result.json")).doesNotExist();
    assertThat(directory.resolve("scratch")).isEmptyDirectory();
  }

  @Test
  void imageThatUnpacksToMoreThanAllowedIsExplained() {
    var stages = stages((_, _) -> new ByteArrayInputStream(layer), 1000);

    assertThat(failure(stages, stage("s0", "app", image())))
        .isEqualTo(
            Failure.at(
                FailureReason.Unsupported,
                "base image base cannot be unpacked in the worker: its uncompressed layers are"
                    + " larger than 1000 bytes; set spec.execution: podPerStage to run it in a Pod",
                "app",
                FROM));
    assertThat(directory.resolve("scratch")).isEmptyDirectory();
  }

  @Test
  void errorsOfTheRegistryHaveTheirReason() {
    var stages =
        stages(
            (_, _) -> {
              throw new RegistryException(
                  ErrorKind.UNAVAILABLE, "registry.example.com: no answer", new IOException());
            },
            1 << 20);

    var failure = failure(stages, stage("s0", "app", image()));

    assertThat(failure.reason()).isEqualTo(FailureReason.BaseImageUnavailable);
    assertThat(failure.message())
        .isEqualTo("base image base cannot be pulled: registry.example.com: no answer");
    assertThat(failure.position()).contains(FROM);
  }

  @Test
  void corruptImageIsAnInternalError() {
    var stages = stages((_, _) -> new ByteArrayInputStream(new byte[4096]), 1 << 20);

    var failure = failure(stages, stage("s0", "app", image()));

    assertThat(failure.reason()).isEqualTo(FailureReason.Internal);
    assertThat(failure.message()).contains("is corrupt");
  }

  @Test
  void waitingStageCanBeStopped() throws Exception {
    var needed = stage("s0", "builder", new StageBase.Scratch());
    var stage =
        stage("s1", "app", new StageBase.Scratch(), copy(new Step.CopyFrom.Stage("s0"), "/x"));
    var outcome = new CompletableFuture<Throwable>();
    var thread =
        Thread.ofPlatform()
            .start(() ->
                outcome.complete(
                    catchThrowableOfType(
                        InterruptedException.class,
                        () -> stages().run(plan(needed, stage), stage))));
    while (!log().contains("[app] waiting for stage \"builder\"\n")) {
      Thread.onSpinWait();
    }
    thread.interrupt();

    assertThat(outcome.get()).hasMessageContaining("waiting for stage s0");
    assertThat(directory.resolve("workspace/stages/s1/failed")).doesNotExist();
    assertThat(directory.resolve("scratch")).isEmptyDirectory();
  }

  @Test
  void unpackedSizeIsDerivedFromTheCompressedSize() {
    assertThat(UnpackLimits.of(64 << 20).bytes()).isEqualTo(1L << 30);
    assertThat(UnpackLimits.of(0).bytes()).isEqualTo(256L << 20);
    assertThatThrownBy(() -> UnpackLimits.of(Long.MAX_VALUE))
        .isInstanceOf(ArithmeticException.class);
  }
}
