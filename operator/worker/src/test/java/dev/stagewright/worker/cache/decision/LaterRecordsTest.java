package dev.stagewright.worker.cache.decision;

import static dev.stagewright.worker.cache.decision.TestStages.copiedFrom;
import static dev.stagewright.worker.cache.decision.TestStages.copyFrom;
import static dev.stagewright.worker.cache.decision.TestStages.image;
import static dev.stagewright.worker.cache.decision.TestStages.onStage;
import static dev.stagewright.worker.cache.decision.TestStages.plan;
import static dev.stagewright.worker.cache.decision.TestStages.run;
import static dev.stagewright.worker.cache.decision.TestStages.stage;
import static org.assertj.core.api.Assertions.assertThat;

import dev.stagewright.cache.key.CacheKey;
import dev.stagewright.layers.oci.Digest;
import dev.stagewright.layers.oci.ImageReference;
import dev.stagewright.protocol.CacheRequest;
import dev.stagewright.protocol.CachedSteps;
import dev.stagewright.protocol.Json;
import dev.stagewright.protocol.LogFrame;
import dev.stagewright.protocol.PrefixImage;
import dev.stagewright.protocol.StageCache;
import dev.stagewright.protocol.StagePlan;
import dev.stagewright.protocol.StageResult;
import dev.stagewright.protocol.StageStart;
import dev.stagewright.protocol.Workspace;
import dev.stagewright.worker.Log;
import dev.stagewright.worker.cache.record.RecordedSteps;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Records that other builds write after it was decided that stages run. */
@Timeout(60)
class LaterRecordsTest {
  private static final StagePlan DEPS =
      copiedFrom("deps", image("golang"), run("apt"), run("download"));
  private static final StagePlan APP =
      stage("app", image("alpine"), run("adduser"), copyFrom(DEPS), run("app")).build();
  private static final StagePlan OTHER_APP =
      stage("app", image("alpine"), run("adduser"), copyFrom(DEPS), run("other")).build();

  @TempDir private Path workspace;
  private final ByteArrayOutputStream printed = new ByteArrayOutputStream();
  private final TestFiles content = new TestFiles();
  private final MemoryCache cache = new MemoryCache();
  private boolean isWritable = true;
  private PrefixImages prefixes = PrefixImages.NONE;

  private StageDecisions decide(StagePlan... stages) throws Exception {
    for (var stage : stages) {
      Files.createDirectories(folder(stage));
    }
    var plan = plan(stages);
    var log = new Log(new PrintStream(printed, true, StandardCharsets.UTF_8));
    var decisions =
        new StageDecisions(
            plan,
            new PlanKeys(plan, content, log),
            new RecordLookup(
                cache, new CacheKey(Digest.of(new byte[0])), Duration.ofMinutes(1), log),
            new SecuredBytes(plan, new CachedBlobs(workspace, cache), new NoImage()),
            new DecisionFiles(workspace),
            prefixes,
            new SharedKeys(
                plan,
                cache.repository(),
                new RecordedSteps(plan, CacheRequest.Mode.MAX),
                () -> isWritable),
            log);
    decisions.decide();
    return decisions;
  }

  private static final class NoImage implements ImageRepositories {
    @Override
    public boolean find(CacheKey last, Map<String, List<StageResult.Layer>> layers) {
      return false;
    }

    @Override
    public boolean canMount() {
      return true;
    }

    @Override
    public void startBase() {
      // All blobs are there.
    }

    @Override
    public void ensure(StagePlan stage, List<StageResult.Layer> layers) {
      // All blobs are there.
    }

    @Override
    public void start(StagePlan stage, List<StageResult.Layer> layers) {
      // All blobs are there.
    }
  }

  private Path folder(StagePlan stage) {
    return workspace.resolve(Workspace.stage(stage.id()));
  }

  /** Another build records all of these stages. */
  private void recorded(StagePlan... stages) throws IOException {
    cache.addAll(new EarlierBuild(plan(stages), new TestFiles().withStage("deps", "libraries")));
  }

  private List<StageCache> frames(StagePlan stage) {
    return printed
        .toString(StandardCharsets.UTF_8)
        .lines()
        .flatMap(line -> LogFrame.parse(line).stream())
        .map(frame -> Json.read(frame.json().orElseThrow(), StageCache.class))
        .filter(report -> report.stage().equals(stage.id()))
        .toList();
  }

  private StageCache report(StagePlan stage) {
    return frames(stage).getLast();
  }

  private Optional<StageStart.Owner> start(StagePlan stage) {
    return new StageStart(folder(stage)).owner();
  }

  private boolean hasResult(StagePlan stage) {
    return Files.exists(folder(stage).resolve(Workspace.RESULT));
  }

  @Test
  void nothingChangesWithoutRecords() throws Exception {
    var decisions = decide(DEPS, APP);
    var before = printed.toString(StandardCharsets.UTF_8);

    decisions.lookAgain();

    assertThat(printed.toString(StandardCharsets.UTF_8)).isEqualTo(before);
    assertThat(decisions.mayChange()).isTrue();
    assertThat(start(DEPS)).isEmpty();
  }

  @Test
  void aStageWhoseFilesAreRecordedDoesNotRun() throws Exception {
    var decisions = decide(DEPS, APP);
    assertThat(report(DEPS).complete()).isFalse();

    recorded(DEPS, OTHER_APP);
    decisions.lookAgain();

    assertThat(report(DEPS).complete()).isTrue();
    assertThat(hasResult(DEPS)).isTrue();
    assertThat(start(DEPS)).contains(StageStart.Owner.PUBLISH);
  }

  @Test
  void aStageThatCopiesFromItContinuesWithWhatIsRecorded() throws Exception {
    var decisions = decide(DEPS, APP);
    assertThat(report(APP).cached()).isZero();

    recorded(DEPS, OTHER_APP);
    decisions.lookAgain();

    assertThat(report(APP).cached()).isEqualTo(2);
    var cached = Files.readString(folder(APP).resolve(Workspace.CACHED));
    assertThat(Json.read(cached, CachedSteps.class).steps()).isEqualTo(2);
    assertThat(start(APP)).as("it may start").isEmpty();
  }

  @Test
  void theOperatorKnowsTheNextKeysBeforeTheStageCanStart() throws Exception {
    var decisions = decide(DEPS, APP);
    var first = report(APP);

    recorded(DEPS);
    decisions.lookAgain();

    assertThat(report(APP).wanted()).containsAll(first.wanted()).hasSize(3);
    assertThat(report(APP).recorded()).hasSize(3);
    var lines = printed.toString(StandardCharsets.UTF_8).lines().toList();
    assertThat(lines.lastIndexOf(frame(APP))).isLessThan(lines.lastIndexOf(frame(DEPS)));
  }

  private String frame(StagePlan stage) {
    return LogFrame.format(LogFrame.Kind.CACHE, Json.write(report(stage)));
  }

  @Test
  void buildsOfTheSameStageReportTheSameKeys() throws Exception {
    var _ = decide(DEPS, APP);
    var first = report(DEPS);
    printed.reset();
    var folder = Files.createDirectory(workspace.resolve("other"));
    workspace = folder;

    var _ = decide(DEPS, OTHER_APP);

    assertThat(report(DEPS).wanted()).isEqualTo(first.wanted()).isNotEmpty();
    assertThat(report(DEPS).recorded()).containsAll(first.wanted());
  }

  @Test
  void aStageThatHasStartedKeepsItsDecision() throws Exception {
    var decisions = decide(DEPS, APP);
    var _ = new StageStart(folder(DEPS)).take(StageStart.Owner.STAGE);

    recorded(DEPS, APP);
    decisions.lookAgain();

    assertThat(report(DEPS).complete()).isFalse();
    assertThat(hasResult(DEPS)).isFalse();
  }

  @Test
  void aStageOnAStageThatHasStartedRuns() throws Exception {
    var base = stage("base", image("alpine"), run("apk add")).build();
    var app = stage("app", onStage(base), run("app")).build();
    var decisions = decide(base, app);
    var _ = new StageStart(folder(base)).take(StageStart.Owner.STAGE);

    recorded(base, app);
    decisions.lookAgain();

    assertThat(report(app).complete()).as("its layers would continue others").isFalse();
  }

  @Test
  void aDecisionCannotChangeAfterAllStagesHaveStarted() throws Exception {
    var decisions = decide(DEPS, APP);

    for (var stage : List.of(DEPS, APP)) {
      var _ = new StageStart(folder(stage)).take(StageStart.Owner.STAGE);
    }

    assertThat(decisions.mayChange()).isFalse();
  }

  @Test
  void aRecordWithoutItsLayersChangesNothing() throws Exception {
    var decisions = decide(DEPS, APP);
    recorded(DEPS, OTHER_APP);
    cache.removeAllBlobs();

    decisions.lookAgain();

    assertThat(hasResult(DEPS)).isFalse();
    assertThat(report(DEPS).complete()).isFalse();
    assertThat(report(DEPS).wanted()).as("nobody has to wait for it").isEmpty();
    assertThat(start(DEPS)).isEmpty();
  }

  @Test
  void aRepeatedLookUpIsOneRequestForEachNextRecord() throws Exception {
    var decisions = decide(DEPS, APP);
    var before = cache.lookUps();

    decisions.lookAgain();

    assertThat(cache.lookUps() - before).as("first step and files of deps").isEqualTo(2);
  }

  @Test
  void theKeysOfAStageThatRunsFollowWhenItsInputsAreKnown() throws Exception {
    var decisions = decide(DEPS, APP);
    assertThat(report(APP).recorded()).hasSize(1);
    var _ = new StageStart(folder(APP)).take(StageStart.Owner.STAGE);

    content.withStage("deps", "libraries");
    decisions.finished(DEPS);
    decisions.decide();

    assertThat(report(APP).recorded()).hasSize(3);
    assertThat(report(APP).wanted()).as("it does not wait any more").hasSize(1);
  }

  @Test
  void aCacheThatDoesNotAcceptRecordsIsReported() throws Exception {
    var decisions = decide(DEPS, APP);
    assertThat(report(DEPS).recorded()).isNotEmpty();

    isWritable = false;
    decisions.lookAgain();

    assertThat(report(DEPS).recorded()).isEmpty();
    assertThat(report(DEPS).wanted()).isNotEmpty();
  }

  @Test
  void anotherPublishContainerLooksAgain() throws Exception {
    var _ = decide(DEPS, APP);
    recorded(DEPS, APP);

    var second = decide(DEPS, APP);
    assertThat(report(DEPS).complete()).as("a decision is repeated").isFalse();
    second.lookAgain();

    assertThat(report(DEPS).complete()).isTrue();
  }

  @Test
  void aDecisionThatWasInterruptedDoesNotKeepTheStageFromStarting() throws Exception {
    var _ = decide(DEPS, APP);
    var _ = new StageStart(folder(DEPS)).take(StageStart.Owner.PUBLISH);

    var _ = decide(DEPS, APP);

    assertThat(start(DEPS)).isEmpty();
  }

  private void recordedInAnotherRun(String run, StagePlan... stages) throws IOException {
    cache.addAll(
        new EarlierBuild(plan(stages), new TestFiles().withStage("deps", "libraries"), run));
  }

  /** The image of the first step, with the layers of the first record. */
  private static PrefixImages imageOfOneStep() {
    var image = new PrefixImage(ImageReference.parse("registry.example.com/cache:one"), 1);
    return new PrefixImages() {
      @Override
      public Optional<PrefixImage> find(Known known) {
        return known.keys().size() == 1 ? Optional.of(image) : Optional.empty();
      }

      @Override
      public void make(Known known) {
        // No image is made.
      }
    };
  }

  @Test
  void aPodThatMayRunAnImageKeepsTheLayersOfThatImage() throws Exception {
    prefixes = imageOfOneStep();
    var first = stage("app", image("alpine"), run("adduser")).build();
    var longer = stage("app", image("alpine"), run("adduser"), run("apt"), run("app")).build();
    recordedInAnotherRun("first run", first);
    var decisions = decide(longer);
    assertThat(frames(longer).getLast().prefix()).isPresent();

    recordedInAnotherRun(
        "second run", stage("app", image("alpine"), run("adduser"), run("apt")).build());
    decisions.lookAgain();
    assertThat(frames(longer).getLast().cached()).isEqualTo(1);
  }

  @Test
  void aPodThatMayRunAnImageGetsMoreLayersOfTheSameRun() throws Exception {
    prefixes = imageOfOneStep();
    var first = stage("app", image("alpine"), run("adduser")).build();
    var longer = stage("app", image("alpine"), run("adduser"), run("apt"), run("app")).build();
    recordedInAnotherRun("first run", first);
    var decisions = decide(longer);

    recordedInAnotherRun(
        "first run", stage("app", image("alpine"), run("adduser"), run("apt")).build());
    decisions.lookAgain();
    assertThat(frames(longer).getLast().cached()).isEqualTo(2);
  }
}
