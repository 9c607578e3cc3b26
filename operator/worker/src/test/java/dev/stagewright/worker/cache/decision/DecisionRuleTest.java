package dev.stagewright.worker.cache.decision;

import static dev.stagewright.worker.cache.decision.TestStages.copiedFrom;
import static dev.stagewright.worker.cache.decision.TestStages.copy;
import static dev.stagewright.worker.cache.decision.TestStages.copyFrom;
import static dev.stagewright.worker.cache.decision.TestStages.image;
import static dev.stagewright.worker.cache.decision.TestStages.onStage;
import static dev.stagewright.worker.cache.decision.TestStages.plan;
import static dev.stagewright.worker.cache.decision.TestStages.run;
import static dev.stagewright.worker.cache.decision.TestStages.stage;
import static org.assertj.core.api.Assertions.assertThat;

import dev.stagewright.cache.key.CacheKey;
import dev.stagewright.cache.record.FilesRecord;
import dev.stagewright.cache.record.StepRecord;
import dev.stagewright.protocol.BuildPlan;
import dev.stagewright.protocol.StagePlan;
import dev.stagewright.protocol.StageResult;
import dev.stagewright.worker.Log;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;

/** What happens to the stages of a build after an earlier build of the same Dockerfile. */
class DecisionRuleTest {
  private static final StagePlan BUILDER =
      copiedFrom("builder", image("golang"), run("apt"), copy("main.go"), run("go build"));
  private static final StagePlan APP =
      stage("app", image("alpine"), run("adduser"), copyFrom(BUILDER), run("app --version"))
          .build();

  private final Map<CacheKey, Optional<StepRecord>> steps = new HashMap<>();
  private final Map<CacheKey, Optional<FilesRecord>> files = new HashMap<>();
  private final Set<String> finished = new HashSet<>();
  private final Set<String> unusable = new HashSet<>();
  private TestFiles content = new TestFiles();
  private LatestKeys latest = new LatestKeys(Optional.empty());
  private int lookedUp;

  /** All files that stages have when they have run. */
  private static TestFiles everything() {
    return new TestFiles().withStage("builder", "program");
  }

  private EarlierBuild built(StagePlan... stages) throws IOException {
    return built(new EarlierBuild(plan(stages), everything()));
  }

  private EarlierBuild built(EarlierBuild build) {
    build.steps().forEach((key, record) -> steps.put(key, Optional.of(record)));
    build.files().forEach((key, record) -> files.put(key, Optional.of(record)));
    latest = new LatestKeys(Optional.of(build.latest()));
    return build;
  }

  private void changeRecord(EarlierBuild build, StagePlan stage, UnaryOperator<StepRecord> change) {
    steps.computeIfPresent(build.keyOfLastStep(stage), (_, record) -> record.map(change));
  }

  /** Decides, with one record after another. */
  private String decide(StagePlan... stages) {
    return decide(plan(stages));
  }

  private String decide(BuildPlan plan) {
    var keys =
        new PlanKeys(
            plan, content, new Log(new PrintStream(OutputStream.nullOutputStream(), true)));
    var known = LookedUp.NOTHING;
    while (true) {
      var decisions =
          new DecisionRule(plan, keys, known, latest, finished, unusable).decide(Map.of());
      var next = known;
      for (var decision : decisions.values()) {
        if (decision instanceof Decision.LookUp wanted) {
          next = found(wanted, next);
        }
      }
      if (next.equals(known)) {
        return decisions.entrySet().stream()
            .map(entry -> entry.getKey() + ": " + text(entry.getValue()))
            .reduce((one, other) -> one + ", " + other)
            .orElseThrow();
      }
      known = next;
    }
  }

  private LookedUp found(Decision.LookUp wanted, LookedUp known) {
    var knownSteps = new HashMap<>(known.steps());
    var knownFiles = new HashMap<>(known.files());
    for (var key : wanted.steps()) {
      lookedUp++;
      knownSteps.put(key, steps.getOrDefault(key, Optional.empty()));
    }
    for (var key : wanted.files()) {
      lookedUp++;
      knownFiles.put(key, files.getOrDefault(key, Optional.empty()));
    }
    return new LookedUp(knownSteps, knownFiles);
  }

  private static String text(Decision decision) {
    return switch (decision) {
      case Decision.Complete _ -> "complete";
      case Decision.Run(var known) when known.count() == 0 -> "runs";
      case Decision.Run(var known) -> "runs after " + known.count();
      case Decision.Wait(var _, var others) -> "waits for " + String.join(" and ", others);
      case Decision.LookUp _ -> "open";
    };
  }

  @Test
  void nothingIsKnownWithoutRecords() {
    assertThat(decide(BUILDER, APP)).isEqualTo("builder: runs, app: runs");
  }

  @Test
  void everythingIsKnownAfterTheSameBuild() throws Exception {
    built(BUILDER, APP);

    assertThat(decide(BUILDER, APP)).isEqualTo("builder: complete, app: complete");
    assertThat(lookedUp).as("one look-up a stage").isEqualTo(2);
  }

  @Test
  void aChangedStepRunsAndThoseAfterIt() throws Exception {
    built(BUILDER, APP);
    var changed =
        stage("app", image("alpine"), run("adduser"), copyFrom(BUILDER), run("app --help")).build();

    assertThat(decide(BUILDER, changed)).isEqualTo("builder: complete, app: runs after 2");
  }

  @Test
  void aChangedFileOfTheContextIsAChangedStep() throws Exception {
    built(BUILDER, APP);
    content = new TestFiles().withContext("changed");

    assertThat(decide(BUILDER, APP)).startsWith("builder: runs after 1");
  }

  @Test
  void aChangedBaseImageIsAnotherStage() throws Exception {
    built(BUILDER, APP);
    var changed = stage("app", image("debian"), run("adduser"), copyFrom(BUILDER)).build();

    assertThat(decide(BUILDER, changed)).isEqualTo("builder: complete, app: runs");
  }

  @Test
  void aStageWaitsForFilesThatMayBeThoseOfTheLatestBuild() throws Exception {
    built(BUILDER, APP);
    content = new TestFiles().withContext("a comment changed");

    assertThat(decide(BUILDER, APP)).isEqualTo("builder: runs after 1, app: waits for builder");
  }

  @Test
  void aStageDoesNotWaitIfTheLatestBuildHadOtherStepsBefore() throws Exception {
    built(BUILDER, APP);
    content = new TestFiles().withContext("changed");
    var changed = stage("app", image("alpine"), run("addgroup"), copyFrom(BUILDER)).build();

    assertThat(decide(BUILDER, changed)).isEqualTo("builder: runs after 1, app: runs");
  }

  @Test
  void aStageDoesNotWaitIfNoLatestBuildIsKnown() throws Exception {
    built(BUILDER, APP);
    content = new TestFiles().withContext("changed");
    latest = new LatestKeys(Optional.empty());

    assertThat(decide(BUILDER, APP)).isEqualTo("builder: runs after 1, app: runs after 1");
  }

  @Test
  void aStageIsCompleteAfterAnotherHasRunWithTheSameResult() throws Exception {
    built(BUILDER, APP);
    content = new TestFiles().withContext("a comment changed").withStage("builder", "program");
    finished.add("builder");

    assertThat(decide(BUILDER, APP)).endsWith("app: complete");
  }

  @Test
  void aStageRunsAfterAnotherHasRunWithAnotherResult() throws Exception {
    built(BUILDER, APP);
    content = new TestFiles().withContext("changed").withStage("builder", "other program");
    finished.add("builder");

    assertThat(decide(BUILDER, APP)).endsWith("app: runs after 1");
  }

  @Test
  void aStageThatIsCopiedFromNeedsItsFilesOnly() throws Exception {
    built(BUILDER, APP);
    steps.clear();

    assertThat(decide(BUILDER, APP)).isEqualTo("builder: complete, app: runs");
  }

  @Test
  void aStageThatIsCopiedFromRunsItsLastStepIfItsFilesAreMissing() throws Exception {
    built(BUILDER, APP);
    files.clear();

    assertThat(decide(BUILDER, APP)).startsWith("builder: runs after 2");
  }

  @Test
  void aStageWithLayersAndFilesNeedsBoth() throws Exception {
    var base = stage("builder", image("golang"), run("apt")).exports(List.of("/out")).build();
    var app = stage("app", onStage(base), copyFrom(base)).build();
    built(base, app);
    assertThat(decide(base, app)).isEqualTo("builder: complete, app: complete");

    files.clear();
    assertThat(decide(base, app)).isEqualTo("builder: runs after 1, app: runs");
  }

  @Test
  void aMissingRecordOfTheLastStepIsNotTheEnd() throws Exception {
    var build = built(BUILDER, APP);
    steps.remove(build.keyOfLastStep(APP));

    assertThat(decide(BUILDER, APP)).isEqualTo("builder: complete, app: runs after 2");
    assertThat(lookedUp).isEqualTo(1 + APP.steps().size());
  }

  @Test
  void aStageOnAnotherContinuesItsLayers() throws Exception {
    var base = stage("base", image("alpine"), run("apk add")).build();
    var app = stage("app", onStage(base), run("one"), run("two")).build();
    built(base, app);
    assertThat(decide(base, app)).isEqualTo("base: complete, app: complete");

    var changed = stage("app", onStage(base), run("one"), run("three")).build();
    assertThat(decide(base, changed)).isEqualTo("base: complete, app: runs after 1");

    var otherBase = stage("base", image("alpine"), run("apk upgrade")).build();
    assertThat(decide(otherBase, stage("app", onStage(otherBase), run("one")).build()))
        .isEqualTo("base: runs, app: runs");
  }

  @Test
  void layersOfTwoRunsAreNeverMixed() throws Exception {
    var base = stage("base", image("alpine"), run("date > /built")).build();
    var app = stage("app", onStage(base), run("sha256sum /built > /sum")).build();
    built(base, app);
    built(new EarlierBuild(plan(base), everything(), "second run"));

    assertThat(decide(base, app)).isEqualTo("base: complete, app: runs");
  }

  @Test
  void aStageThatOnlyCompleteStagesNeedDoesNotRun() throws Exception {
    var base = stage("base", image("golang"), run("apt")).build();
    var builder = copiedFrom("builder", onStage(base), run("go build"));
    var app = stage("app", image("alpine"), copyFrom(builder)).build();
    var build = built(base, builder, app);
    steps.remove(build.keyOfLastStep(base));

    assertThat(decide(base, builder, app))
        .isEqualTo("base: complete, builder: complete, app: complete");
  }

  @Test
  void aTargetWithoutStepsIsComplete() {
    assertThat(decide(stage("app", image("alpine")).build())).isEqualTo("app: complete");
  }

  @Test
  void aStageWithoutRecordsOfStepsWaitsForItsFiles() throws Exception {
    var linker = copiedFrom("linker", image("golang"), run("apt"), copyFrom(BUILDER), run("link"));
    var app = stage("app", image("alpine"), copyFrom(linker)).build();
    var plan = plan(BUILDER, linker, app).toBuilder().cacheLayers(Optional.empty()).build();
    content = new TestFiles().withStage("builder", "program").withStage("linker", "linked");
    built(new EarlierBuild(plan, content));
    content = new TestFiles().withContext("a comment changed");

    assertThat(decide(plan)).startsWith("builder: runs, linker: waits for builder");
  }

  @Test
  void recordsAreUsedByABuildThatWritesNone() throws Exception {
    built(BUILDER, APP);
    files.clear();

    assertThat(decide(plan(BUILDER, APP).toBuilder().cacheLayers(Optional.empty()).build()))
        .startsWith("builder: runs after 2");
  }

  @Test
  void aStageWhoseRecordsCannotBeUsedRuns() throws Exception {
    built(BUILDER, APP);
    unusable.add("builder");

    assertThat(decide(BUILDER, APP)).isEqualTo("builder: runs, app: waits for builder");
  }

  @Test
  void recordsThatContradictTheirKeyAreNotUsed() throws Exception {
    var app = stage("app", image("alpine"), run("one"), run("two")).build();
    var known = "app: runs after 1";
    var build = built(app);
    assertThat(decide(app)).isEqualTo("app: complete");

    changeRecord(build, app, record -> withLayers(record, record.layers().subList(0, 1)));
    assertThat(decide(app)).as("a layer is missing").isEqualTo(known);

    built(build);
    changeRecord(build, app, record -> withLayers(record, record.layers().reversed()));
    assertThat(decide(app)).as("another order").isEqualTo(known);

    built(build);
    changeRecord(
        build,
        app,
        record ->
            withLayers(
                record, record.layers().stream().map(DecisionRuleTest::withoutTime).toList()));
    assertThat(decide(app)).as("no times").isEqualTo(known);

    built(build);
    changeRecord(build, app, DecisionRuleTest::withoutDetails);
    assertThat(decide(app)).as("no details").isEqualTo(known);
  }

  private static StepRecord withLayers(StepRecord record, List<StageResult.Layer> layers) {
    return new StepRecord(
        record.instruction(),
        record.build(),
        record.created(),
        record.millis(),
        record.totalMillis(),
        layers,
        record.details());
  }

  private static StepRecord withoutDetails(StepRecord record) {
    return new StepRecord(
        record.instruction(),
        record.build(),
        record.created(),
        record.millis(),
        record.totalMillis(),
        record.layers(),
        List.of());
  }

  private static StageResult.Layer withoutTime(StageResult.Layer layer) {
    return new StageResult.Layer(layer.step(), layer.blob(), layer.diffId(), layer.details());
  }
}
