package dev.stagewright.worker.cache.record;

import dev.stagewright.cache.record.FilesRecord;
import dev.stagewright.cache.record.StepRecord;
import dev.stagewright.layers.Compression;
import dev.stagewright.layers.oci.ImageReference;
import dev.stagewright.protocol.StagePlan;
import dev.stagewright.protocol.StageResult;
import dev.stagewright.protocol.StageStart;
import dev.stagewright.protocol.Workspace;
import dev.stagewright.stage.export.ExportsArchive;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.attribute.FileTime;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;

/**
 * Records the results of one stage: of each step when its layer is on the workspace, and of the
 * files that other stages copy when the stage has ended. Thread-safe; its methods block.
 */
final class StageRecorder {
  private final Recording recording;
  private final StagePlan stage;
  private final Optional<StageRecorder> parent;
  private final StageSteps steps;
  private final CacheBlobs blobs;
  private final RecordingTotals totals;
  private final CompletableFuture<StageResult> ended = new CompletableFuture<>();

  /**
   * Creates a recorder.
   *
   * @param parent recorder of the stage that this one is based on; empty for none
   */
  StageRecorder(
      Recording recording,
      StagePlan stage,
      Optional<StageRecorder> parent,
      CacheBlobs blobs,
      RecordingTotals totals) {
    this.recording = recording;
    this.stage = stage;
    this.parent = parent;
    this.steps = new StageSteps(recording.workspace().resolve(Workspace.stage(stage.id())));
    this.blobs = blobs;
    this.totals = totals;
  }

  StagePlan stage() {
    return stage;
  }

  StageSteps steps() {
    return steps;
  }

  /** The stage has ended with this result. */
  void end(StageResult result) {
    ended.complete(result);
  }

  boolean hasEnded() {
    return ended.isDone();
  }

  /** Records a step that was found. */
  void recordStep(int index) throws IOException, InterruptedException {
    var key = recording.source().step(stage, index);
    if (key.isEmpty()) {
      return;
    }
    var step = steps.step(index).orElseThrow();
    var chain = chain(steps.upTo(index));
    ensureLayers(steps.upTo(index));
    recording
        .store()
        .put(
            key.get(),
            new StepRecord(
                stage.steps().get(index).position().instruction(),
                recording.build(),
                step.created(),
                step.result().millis(),
                chain.millis(),
                chain.layers(),
                chain.details()));
    totals.addStep();
  }

  /** The layers of this stage up to the last of these steps, on those that it continues. */
  private LayerChain chain(List<RecordedStep> own) throws IOException, InterruptedException {
    var chain = start();
    if (!own.isEmpty() && steps.first().orElseThrow() != chain.layers().size() - stepsBelow()) {
      throw new IOException("the layers below stage " + stage.name() + " are not known");
    }
    for (var step : own) {
      chain = chain.plus(step);
    }
    return chain;
  }

  /** The layers that the first step of this run continues. */
  private LayerChain start() throws IOException, InterruptedException {
    var known = recording.source().known(stage);
    if (known.isPresent()) {
      return LayerChain.of(known.get());
    }
    return parent.isPresent() ? parent.get().all() : LayerChain.EMPTY;
  }

  private LayerChain all() throws IOException, InterruptedException {
    awaitEnd();
    return chain(steps.all());
  }

  private int stepsBelow() {
    return parent.map(below -> below.stepsBelow() + below.stage.steps().size()).orElse(0);
  }

  private void awaitEnd() throws InterruptedException {
    try {
      var _ = ended.get();
    } catch (ExecutionException e) {
      throw new IllegalStateException(e);
    }
  }

  /** The layers of known steps are in the repository, since their record refers to them. */
  private void ensureLayers(List<RecordedStep> own) throws IOException, InterruptedException {
    if (parent.isPresent() && recording.source().known(stage).isEmpty()) {
      parent.get().ensureLayers(parent.get().steps.all());
    }
    for (var step : own) {
      var layer = step.result().layer();
      blobs.ensure(layer.blob(), steps.blob(layer.blob().digest()), () -> mountableFrom(layer));
      if (step.details().isPresent()) {
        var details = step.details().get();
        blobs.ensure(details, steps.blob(details.digest()), this::afterImage);
      }
    }
  }

  private List<ImageReference> mountableFrom(StageResult.Layer layer) throws InterruptedException {
    if (!recording.isOfImage(stage)) {
      return afterImage();
    }
    try {
      return recording.output().await(stage, layer);
    } catch (IOException _) {
      // The build fails for this reason; the layer is recorded nevertheless.
      return List.of();
    }
  }

  private List<ImageReference> afterImage() throws InterruptedException {
    recording.output().awaitIdle();
    return List.of();
  }

  /** Records the files that other stages copy, after the stage has ended. */
  void recordFiles(StageResult.Exports exports) throws IOException, InterruptedException {
    var key = recording.source().files(stage);
    if (key.isEmpty()) {
      return;
    }
    recording.output().awaitIdle();
    var now = recording.now();
    var packed =
        ExportsArchive.pack(
            steps.file(exports.folder()), steps.file(Workspace.BLOBS), compression());
    var file = steps.blob(packed.blob().digest());
    try {
      blobs.ensure(packed.blob(), file, this::afterImage);
    } finally {
      Files.deleteIfExists(file);
    }
    recording
        .store()
        .put(
            key.get(),
            new FilesRecord(
                recording.build(),
                now,
                all().millis() + lastMillis(),
                packed.blob(),
                packed.uncompressedSize(),
                recording.source().selections(stage)));
    totals.addFiles();
  }

  /**
   * The duration of the steps that have no layers, and so no results of their own: in the mode min,
   * all steps of a stage that is only copied from, otherwise the last one. It is the time between
   * the step before them and the result of the stage.
   */
  private long lastMillis() throws IOException {
    if (steps.step(stage.steps().size() - 1).isPresent()) {
      return 0;
    }
    var end = modified(Workspace.RESULT).toMillis();
    return endOfStepBefore().map(time -> Math.max(0, end - time.toMillis())).orElse(0L);
  }

  /** Before its first step, a stage waits for the stage that it is based on. */
  private Optional<FileTime> endOfStepBefore() throws IOException {
    var own = steps.all().size();
    if (own > 0) {
      return Optional.of(modified(Workspace.step(steps.first().orElseThrow() + own - 1)));
    }
    var start = new StageStart(steps.file("")).time();
    return parent.isPresent() && start.isPresent()
        ? Optional.of(latest(start.get(), parent.get().modified(Workspace.RESULT)))
        : start;
  }

  private static FileTime latest(FileTime one, FileTime other) {
    return one.compareTo(other) < 0 ? other : one;
  }

  private FileTime modified(String file) throws IOException {
    return Files.getLastModifiedTime(steps.file(file));
  }

  private Compression compression() {
    return switch (recording.plan().layers().compression()) {
      case GZIP -> Compression.GZIP;
      case ZSTD -> Compression.ZSTD;
    };
  }
}
