package dev.stagewright.worker.cache.decision;

import dev.stagewright.layers.io.DurableFile;
import dev.stagewright.layers.io.UntrustedFile;
import dev.stagewright.protocol.BuildPlan;
import dev.stagewright.protocol.CachedSteps;
import dev.stagewright.protocol.Json;
import dev.stagewright.protocol.StageBase;
import dev.stagewright.protocol.StageCache;
import dev.stagewright.protocol.StagePlan;
import dev.stagewright.protocol.StageResult;
import dev.stagewright.protocol.StageStart;
import dev.stagewright.protocol.Workspace;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The decisions on the workspace: what stages read, and what another publish container of the same
 * run reads, since a decision that was reported is final.
 *
 * @param workspace root of the workspace
 */
record DecisionFiles(Path workspace) {
  /** The {@link StageCache} in the directory of a stage. */
  private static final String DECISION = "decision.json";

  /**
   * A decision that was made.
   *
   * @param decision what happens to the stage
   * @param report what is reported about it
   * @param hasAllLayers whether all layers of known steps are on the workspace
   */
  record Made(Decision decision, StageCache report, boolean hasAllLayers) {}

  /**
   * Stores a decision that the stage runs, or that it is complete. The result of a complete stage
   * is written last, so a stage with a result has been decided.
   */
  void write(Decision decision, Secured secured, StageCache report) throws IOException {
    var stage = report.stage();
    var layers = decision.known().layers();
    if (!report.complete()) {
      writeCached(stage, layers, secured.imageLayers());
    }
    write(stage, DECISION, Json.write(report));
    if (report.complete()) {
      write(stage, Workspace.RESULT, Json.write(new StageResult(stage, layers, secured.exports())));
    }
  }

  private void writeCached(
      String stage, List<StageResult.Layer> layers, Optional<Integer> imageLayers)
      throws IOException {
    if (layers.isEmpty()) {
      Files.deleteIfExists(folder(stage).resolve(Workspace.CACHED));
      return;
    }
    var cached = new CachedSteps(stage, layers.size(), layers, imageLayers);
    write(stage, Workspace.CACHED, Json.write(cached));
  }

  /** Tells a stage that waits for them that all layers of its known steps are on the workspace. */
  void layersFetched(StagePlan stage, Decision decision) throws IOException {
    writeCached(stage.id(), decision.known().layers(), Optional.empty());
  }

  /** Whether a stage waits for the layers of its known steps. */
  boolean requestsLayers(StagePlan stage) {
    // A network file system may remember for a while that a file is missing.
    var names = Optional.ofNullable(folder(stage.id()).toFile().list()).orElse(new String[0]);
    return Arrays.asList(names).contains(Workspace.LAYERS_REQUESTED);
  }

  /** Stores a report with other keys. */
  void write(StageCache report) throws IOException {
    write(report.stage(), DECISION, Json.write(report));
  }

  private void write(String stage, String name, String json) throws IOException {
    DurableFile.write(folder(stage).resolve(name), json.getBytes(StandardCharsets.UTF_8));
  }

  /** Reads the decisions that were made, by the id of the stage, in the order of the plan. */
  Map<String, Made> read(BuildPlan plan) throws IOException {
    var all = new LinkedHashMap<String, Made>();
    for (var stage : plan.stages()) {
      var report = read(stage.id(), DECISION, StageCache.class);
      if (report.isPresent()) {
        var decision =
            report.get().complete()
                ? complete(stage, report.get(), base(stage, all))
                : Optional.<Decision>of(run(stage, report.get(), base(stage, all)));
        var hasAllLayers = hasAllLayers(stage);
        decision.ifPresent(made -> all.put(stage.id(), new Made(made, report.get(), hasAllLayers)));
      }
    }
    return all;
  }

  private static KnownResults base(StagePlan stage, Map<String, Made> others) {
    var parent =
        stage.base() instanceof StageBase.Stage(var id)
            ? Optional.ofNullable(others.get(id))
            : Optional.<Made>empty();
    return parent
        .map(made -> KnownResults.noneOn(made.decision().known()))
        .orElse(KnownResults.NONE);
  }

  private boolean hasAllLayers(StagePlan stage) throws IOException {
    return read(stage.id(), Workspace.CACHED, CachedSteps.class)
        .flatMap(CachedSteps::imageLayers)
        .isEmpty();
  }

  private Decision run(StagePlan stage, StageCache report, KnownResults base) throws IOException {
    var cached = read(stage.id(), Workspace.CACHED, CachedSteps.class);
    return new Decision.Run(
        cached
            .filter(steps -> steps.steps() == report.cached())
            .map(steps -> base.with(steps.layers(), report.savedMillis()))
            .orElse(KnownResults.NONE));
  }

  /** The decision exists only if the result was written, too. */
  private Optional<Decision> complete(StagePlan stage, StageCache report, KnownResults base)
      throws IOException {
    return read(stage.id(), Workspace.RESULT, StageResult.class)
        .map(result ->
            new Decision.Complete(
                base.with(result.layers(), report.savedMillis()),
                Optional.empty(),
                report.savedMillis()));
  }

  private <T> Optional<T> read(String stage, String name, Class<T> type) throws IOException {
    var file = folder(stage).resolve(name);
    return Files.exists(file)
        ? Optional.of(Json.read(new UntrustedFile(file).text(), type))
        : Optional.empty();
  }

  private Path folder(String stage) {
    return workspace.resolve(Workspace.stage(stage));
  }

  /** Whether a stage has a result. */
  boolean hasResult(StagePlan stage) {
    return Files.exists(folder(stage.id()).resolve(Workspace.RESULT));
  }

  /** Whether a stage has started, or even ended. */
  boolean hasStarted(StagePlan stage) {
    return hasResult(stage) || start(stage).owner().equals(Optional.of(StageStart.Owner.STAGE));
  }

  /**
   * Keeps a stage from starting, until its decision is stored.
   *
   * @return false if it has started
   */
  boolean begin(StagePlan stage) throws IOException {
    return !hasResult(stage)
        && start(stage).take(StageStart.Owner.PUBLISH) == StageStart.Owner.PUBLISH;
  }

  /** Lets a stage start with the decision that it runs. */
  void end(StagePlan stage) throws IOException {
    start(stage).release();
  }

  private StageStart start(StagePlan stage) {
    return new StageStart(folder(stage.id()));
  }
}
