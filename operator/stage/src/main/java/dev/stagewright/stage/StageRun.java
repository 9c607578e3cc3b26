package dev.stagewright.stage;

import dev.stagewright.layers.Compression;
import dev.stagewright.layers.LayerBlob;
import dev.stagewright.layers.LayerWriter;
import dev.stagewright.layers.io.DurableFile;
import dev.stagewright.layers.oci.Digest;
import dev.stagewright.protocol.BuildPlan;
import dev.stagewright.protocol.Json;
import dev.stagewright.protocol.LayerOptions;
import dev.stagewright.protocol.SandboxKind;
import dev.stagewright.protocol.StageBase;
import dev.stagewright.protocol.StagePlan;
import dev.stagewright.protocol.StageResult;
import dev.stagewright.protocol.StepMarker;
import dev.stagewright.protocol.Termination;
import dev.stagewright.protocol.Workspace;
import dev.stagewright.stage.base.BaseImages;
import dev.stagewright.stage.base.StageLayers;
import dev.stagewright.stage.details.DetailsWriter;
import dev.stagewright.stage.details.LayerDetails;
import dev.stagewright.stage.export.Exporter;
import dev.stagewright.stage.export.ExportsArchive;
import dev.stagewright.stage.linux.Processes;
import dev.stagewright.stage.sandbox.Sandbox;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Runs a stage from its base to its result. */
final class StageRun {
  private final BuildPlan plan;
  private final StagePlan stage;
  private final StageEnvironment environment;
  private final StageFolders folders;
  private final StageLog log;
  private final StageAwaiter stages;
  private final List<StageResult.Layer> layers = new ArrayList<>();

  StageRun(BuildPlan plan, StagePlan stage, StageEnvironment environment, StageLog log) {
    this.plan = plan;
    this.stage = stage;
    this.environment = environment;
    this.folders = environment.folders();
    this.log = log;
    this.stages = new StageAwaiter(plan, folders.stages(), log);
  }

  /** Runs a stage in its Pod. Its result is on the workspace afterwards. */
  static Termination.Staged run(StageOptions options, BuildPlan plan, StageLog log)
      throws IOException {
    var opening = new StageSandbox(options, plan, log);
    var sandbox = opening.open();
    var opened = opening.options();
    var environment =
        new StageEnvironment(
            opened.folders(),
            opened.mounts(),
            BaseImages.OF_CONTAINER,
            () -> new Processes().ageMillis());
    return new StageRun(plan, plan.stage(options.stage()), environment, log).run(sandbox);
  }

  /** Runs the stage in a sandbox. Its result is on the workspace afterwards. */
  Termination.Staged run(Sandbox sandbox) throws IOException {
    Files.createDirectories(folders.own().resolve(Workspace.BLOBS));
    var readyMillis = environment.ageMillis().getAsLong();
    var existing = existingResult();
    if (existing.isPresent()) {
      log.line("an earlier Pod has already completed the stage");
      return staged(existing.get(), sandbox.kind(), readyMillis);
    }
    try (var sources = new StageSources(plan, folders.context(), folders.remotes(), stages)) {
      var tools = new StepContext(sandbox, sources, environment.mounts(), log);
      var first = stage.members().getFirst();
      for (var member : stage.members()) {
        mark(member, 0, member.position().instruction());
        if (member.equals(first)) {
          prepareBase(sandbox);
        }
        execute(member, new StepExecutor(member.name(), tools), sandbox);
      }
    }
    var result = publish(new StageResult(stage.id(), List.copyOf(layers), export(sandbox)));
    return staged(result, sandbox.kind(), readyMillis);
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
        ? Optional.of(Json.read(Files.readString(file), StageResult.class))
        : Optional.empty();
  }

  private void prepareBase(Sandbox sandbox) throws IOException {
    if (!stage.snapshot()) {
      applyBase(stage.base(), sandbox);
      return;
    }
    sandbox.beginChanges();
    if (applyBase(stage.base(), sandbox)) {
      sandbox.skipChanges();
    }
  }

  private void execute(StagePlan.Member member, StepExecutor steps, Sandbox sandbox)
      throws IOException {
    for (var i = 0; i < member.steps(); i++) {
      var index = member.firstStep() + i;
      var step = stage.steps().get(index);
      mark(member, i + 1, step.position().instruction());
      steps.execute(step);
      if (stage.snapshot()) {
        layers.add(layer(index, sandbox));
      }
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
        new StageLayers(sandbox.files(), sandbox.excluded()).apply(stages.folder(parent), result);
        yield true;
      }
    };
  }

  private StageResult.Layer layer(int step, Sandbox sandbox) throws IOException {
    var folder = folders.own().resolve(Workspace.BLOBS);
    var form = plan.layers();
    try (var writer =
        LayerWriter.create(folder, compression(form.compression()), form.sourceDateEpoch())) {
      if (!plan.isBase(stage.id())) {
        sandbox.writeChanges(writer.tar(), LayerDetails.NONE);
        return layer(step, writer.finish(), Optional.empty());
      }
      try (var details = DetailsWriter.create(folder)) {
        sandbox.writeChanges(writer.tar(), details);
        return layer(step, writer.finish(), Optional.of(details.finish()));
      }
    }
  }

  private static StageResult.Layer layer(int step, LayerBlob layer, Optional<Digest> details) {
    return new StageResult.Layer(step, layer.blob(), layer.diffId(), details);
  }

  private static Compression compression(LayerOptions.Algorithm algorithm) {
    return switch (algorithm) {
      case GZIP -> Compression.GZIP;
      case ZSTD -> Compression.ZSTD;
    };
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
