package dev.stagewright.stage;

import dev.stagewright.layers.io.DurableFile;
import dev.stagewright.layers.io.UntrustedFile;
import dev.stagewright.protocol.BuildPlan;
import dev.stagewright.protocol.Json;
import dev.stagewright.protocol.SandboxKind;
import dev.stagewright.protocol.StageBase;
import dev.stagewright.protocol.StagePlan;
import dev.stagewright.protocol.StageResult;
import dev.stagewright.protocol.StageStart;
import dev.stagewright.protocol.StepMarker;
import dev.stagewright.protocol.Termination;
import dev.stagewright.protocol.Workspace;
import dev.stagewright.stage.base.StageLayers;
import dev.stagewright.stage.export.Exporter;
import dev.stagewright.stage.export.ExportsArchive;
import dev.stagewright.stage.sandbox.Sandbox;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/** Runs a stage from its base, or from its last known step, to its result. */
final class StageRun {
  private static final long DECISION_PAUSE = TimeUnit.MILLISECONDS.toNanos(50);

  private final BuildPlan plan;
  private final StagePlan stage;
  private final StageEnvironment environment;
  private final StageFolders folders;
  private final StageLog log;
  private final StageAwaiter stages;
  private final int layerCount;
  private final StepLayers stepLayers;
  private final StepResults results;
  private final List<StageResult.Layer> layers = new ArrayList<>();

  /** Number of the next layers that the image of the Pod contains. */
  private int presentLayers;

  StageRun(BuildPlan plan, StagePlan stage, StageEnvironment environment, StageLog log) {
    this.plan = plan;
    this.stage = stage;
    this.environment = environment;
    this.folders = environment.folders();
    this.log = log;
    this.stages = new StageAwaiter(plan, folders.stages(), log);
    this.layerCount = plan.layerCount(stage);
    this.stepLayers = new StepLayers(plan, stage, folders.own());
    this.results = new StepResults(folders.own());
    this.presentLayers = environment.imageLayers();
  }

  /** Runs the stage in a sandbox. Its result is on the workspace afterwards. */
  Termination.Staged run(Sandbox sandbox) throws IOException {
    Files.createDirectories(folders.own().resolve(Workspace.BLOBS));
    var readyMillis = environment.ageMillis().getAsLong();
    begin();
    var existing = existingResult();
    if (existing.isPresent()) {
      log.line("an earlier Pod has already completed the stage");
      return staged(existing.get(), sandbox.kind(), readyMillis);
    }
    runSteps(sandbox);
    var result = publish(new StageResult(stage.id(), List.copyOf(layers), export(sandbox)));
    return staged(result, sandbox.kind(), readyMillis);
  }

  /**
   * From now on, publish does not decide anew about the stage. If it is doing so now, the stage
   * continues with the new decision, which may be that nothing runs.
   */
  private void begin() throws IOException {
    awaitLayers();
    var start = new StageStart(folders.own());
    while (start.take(StageStart.Owner.STAGE) == StageStart.Owner.PUBLISH
        && existingResult().isEmpty()) {
      pause();
    }
    // The last decision may be based on another image than that of this Pod.
    awaitLayers();
  }

  /**
   * Waits for the layers of cached steps, if this Pod does not run the image that contains them.
   * Before the start, publish may also decide that these steps run.
   */
  private void awaitLayers() throws IOException {
    while (KnownSteps.lackLayers(folders.own(), environment.imageLayers())
        && existingResult().isEmpty()) {
      requestLayers();
      pause();
    }
  }

  private void requestLayers() throws IOException {
    try {
      Files.createFile(folders.own().resolve(Workspace.LAYERS_REQUESTED));
      log.line("the layers of cached steps are fetched");
    } catch (FileAlreadyExistsException _) {
      // This Pod has requested them, or an earlier one.
    }
  }

  private static void pause() throws IOException {
    LockSupport.parkNanos(DECISION_PAUSE);
    if (Thread.currentThread().isInterrupted()) {
      throw new InterruptedIOException("interrupted while waiting for a decision of publish");
    }
  }

  private void runSteps(Sandbox sandbox) throws IOException {
    var known = KnownSteps.read(folders.own(), stage, layerCount);
    try (var sources = new StageSources(plan, folders.context(), folders.remotes(), stages)) {
      var tools = new StepContext(sandbox, sources, environment.mounts(), log);
      var members = known.remaining(stage.members());
      for (var member : members) {
        mark(member, 0, member.position().instruction());
        if (member.equals(members.getFirst())) {
          known.describe(member).ifPresent(log::line);
          prepareBase(known, sandbox);
        }
        execute(member, known.count(), new StepExecutor(member.name(), tools), sandbox);
      }
    }
  }

  private Optional<StageResult.Exports> export(Sandbox sandbox) throws IOException {
    if (stage.exports().isEmpty()) {
      return Optional.empty();
    }
    var name = ExportsArchive.newFolderName();
    var folder = Files.createDirectory(folders.own().resolve(name));
    var bytes = new Exporter(sandbox.files(), sandbox.excluded()).export(stage.exports(), folder);
    return Optional.of(new StageResult.Exports(name, bytes));
  }

  /**
   * The result of a Pod that was lost before its end was observed. It is kept, since other stages
   * may be reading it.
   */
  private Optional<StageResult> existingResult() throws IOException {
    var file = folders.own().resolve(Workspace.RESULT);
    return Files.exists(file)
        ? Optional.of(Json.read(new UntrustedFile(file).text(), StageResult.class))
        : Optional.empty();
  }

  /** Provides the files that the first step that runs has found or would have found. */
  private void prepareBase(KnownSteps known, Sandbox sandbox) throws IOException {
    var isTracked = known.count() < layerCount;
    if (isTracked) {
      sandbox.beginChanges();
    }
    var hasNewFiles = applyBase(stage.base(), sandbox);
    applyLayers(folders.own(), known.layers(), sandbox);
    layers.addAll(known.layers());
    if (isTracked && (hasNewFiles || known.count() > 0)) {
      sandbox.skipChanges();
    }
  }

  private void execute(StagePlan.Member member, int known, StepExecutor steps, Sandbox sandbox)
      throws IOException {
    var end = member.firstStep() + member.steps();
    for (var index = Math.max(member.firstStep(), known); index < end; index++) {
      var step = stage.steps().get(index);
      mark(member, index - member.firstStep() + 1, step.position().instruction());
      var start = System.nanoTime();
      steps.execute(step);
      if (index < layerCount) {
        finish(stepLayers.write(index, sandbox), start);
      } else {
        sandbox.startLayer();
      }
    }
  }

  private void finish(StageResult.Layer layer, long start) throws IOException {
    layers.add(layer);
    if (plan.cacheLayers().isPresent()) {
      results.write(layer, TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - start));
    }
  }

  private void mark(StagePlan.Member member, int number, String instruction) {
    var total = member.steps() + 1;
    log.line(new StepMarker(member.name(), number + 1, total, instruction).toString());
  }

  /**
   * Provides the files of the base. A stage based on another stage runs in the base image of the
   * first stage in the chain.
   *
   * @return whether files were created in the root
   */
  private boolean applyBase(StageBase base, Sandbox sandbox) throws IOException {
    return switch (base) {
      case StageBase.Scratch _ -> false;
      case StageBase.Image image -> environment.bases().provide(image, sandbox.files());
      case StageBase.Stage(var parent) -> {
        applyBase(plan.stage(parent).base(), sandbox);
        var result = stages.await(parent);
        applyLayers(stages.folder(parent), result.layers(), sandbox);
        yield true;
      }
    };
  }

  private void applyLayers(Path folder, List<StageResult.Layer> layers, Sandbox sandbox)
      throws IOException {
    for (var layer : layers) {
      var base = new StageLayers(sandbox.files(), sandbox.excluded());
      if (presentLayers > 0) {
        presentLayers--;
        base.applyRoot(folder, layer);
      } else {
        base.apply(folder, layer);
        sandbox.startLayer();
      }
    }
  }

  /** Another Pod of this stage, on a node that was considered lost, may have finished first. */
  private StageResult publish(StageResult result) throws IOException {
    var existing = existingResult();
    if (existing.isPresent()) {
      log.line("an earlier Pod finished first; its result is kept");
      return existing.get();
    }
    DurableFile.write(
        folders.own().resolve(Workspace.RESULT),
        Json.write(result).getBytes(StandardCharsets.UTF_8));
    return result;
  }

  private Termination.Staged staged(StageResult result, SandboxKind kind, long readyMillis) {
    var layerBytes = result.layers().stream().mapToLong(layer -> layer.blob().size()).sum();
    return new Termination.Staged(
        stage.id(), result.layers().size(), layerBytes, result.exportedBytes(), kind, readyMillis);
  }
}
