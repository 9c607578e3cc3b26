package dev.stagewright.cache.miss;

import static dev.stagewright.cache.TestPlans.copy;
import static dev.stagewright.cache.TestPlans.copyFrom;
import static dev.stagewright.cache.TestPlans.digest;
import static dev.stagewright.cache.TestPlans.files;
import static dev.stagewright.cache.TestPlans.image;
import static dev.stagewright.cache.TestPlans.keys;
import static dev.stagewright.cache.TestPlans.onlyContext;
import static dev.stagewright.cache.TestPlans.plan;
import static dev.stagewright.cache.TestPlans.run;
import static dev.stagewright.cache.TestPlans.selected;
import static dev.stagewright.cache.TestPlans.stage;
import static org.assertj.core.api.Assertions.assertThat;

import dev.stagewright.cache.key.InputFiles;
import dev.stagewright.cache.key.SelectedFiles;
import dev.stagewright.cache.record.LatestRecord;
import dev.stagewright.layers.oci.ImageReference;
import dev.stagewright.protocol.StageBase;
import dev.stagewright.protocol.StagePlan;
import dev.stagewright.protocol.Step;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/** What users read about the first step that is not known. */
class MissExplainerTest {
  private static final InputFiles UNCHANGED = listed(Map.of("a", "1"));

  /** Files with the digest of each, by path. */
  private static InputFiles listed(Map<String, String> all) {
    return files(new SelectedFiles(digest(all.toString()), all));
  }

  private static StagePlan app(Step... steps) {
    return stage("app", image("golang:1.22"), steps);
  }

  private static LatestRecord latest(InputFiles files, StagePlan... stages) {
    var plan = plan(stages);
    return new LatestRecord(
        "team/app",
        1,
        List.of(stages).stream()
            .map(stage -> LatestRecord.Stage.of(plan, stage, keys(plan, stage, files)))
            .toList());
  }

  private static String miss(
      StagePlan before, InputFiles filesBefore, StagePlan now, InputFiles files, int known) {
    return new MissExplainer(plan(now), latest(filesBefore, before))
        .explain(now, keys(plan(now), now, files), known)
        .orElseThrow();
  }

  private static String miss(StagePlan before, StagePlan now, int known) {
    return miss(before, UNCHANGED, now, UNCHANGED, known);
  }

  @Test
  void saysThatAStepHasFailedBefore() {
    var app = app(run("make"), run("make test"));
    var keys = keys(plan(app), app, UNCHANGED);
    var failed =
        new LatestRecord("team/app", 1, List.of(LatestRecord.Stage.of(plan(app), app, keys, 1)));
    var explainer = new MissExplainer(plan(app), failed);

    assertThat(explainer.explain(app, keys, 1))
        .contains("RUN make test: it has not succeeded in the latest build");
    assertThat(explainer.explain(app, keys, 0))
        .contains("RUN make: its result is no longer in the cache");
  }

  @Test
  void comparesWithTheStepThatHasFailed() {
    var before = app(run("make"), run("make tset"));
    var failed =
        new LatestRecord(
            "team/app",
            1,
            List.of(
                LatestRecord.Stage.of(
                    plan(before), before, keys(plan(before), before, UNCHANGED), 1)));
    var app = app(run("make"), run("make test"));

    assertThat(
            new MissExplainer(plan(app), failed).explain(app, keys(plan(app), app, UNCHANGED), 1))
        .contains("RUN make test: was RUN make tset");
  }

  @Nested
  class Files {
    @Test
    void namesTheFileThatChanged() {
      assertThat(
              copied(
                  Map.of("src/main.go", "1", "go.mod", "1"),
                  Map.of("src/main.go", "2", "go.mod", "1")))
          .isEqualTo("COPY . /: src/main.go changed");
    }

    @Test
    void namesFilesThatWereAddedOrRemoved() {
      assertThat(copied(Map.of("a", "1"), Map.of("b", "1")))
          .isEqualTo("COPY . /: a removed, b added");
    }

    @Test
    void countsTheOthers() {
      assertThat(copied(Map.of(), numbered(12)))
          .startsWith("COPY . /: the files that it reads changed");
      assertThat(copied(Map.of("x", "1"), numbered(12)))
          .isEqualTo("COPY . /: f00 added, f01 added, f02 added and 10 more");
    }

    private Map<String, String> numbered(int count) {
      return IntStream.range(0, count)
          .boxed()
          .collect(Collectors.toMap("f%02d"::formatted, _ -> "1"));
    }

    @Test
    void admitsThatOnlyTheDigestIsKnown() {
      assertThat(
              miss(app(copy(".")), files(selected("1")), app(copy(".")), files(selected("2")), 0))
          .isEqualTo("COPY . /: the files that it reads changed");
    }

    private String copied(Map<String, String> before, Map<String, String> now) {
      return miss(app(copy(".")), listed(before), app(copy(".")), listed(now), 0);
    }
  }

  @Nested
  class Variables {
    @Test
    void namesBothValues() {
      assertThat(changed(Map.of("VERSION", "1.4"), Map.of("VERSION", "1.5")))
          .isEqualTo("RUN make: VERSION was 1.4 and is 1.5");
    }

    @Test
    void namesAVariableThatIsNewOrGone() {
      assertThat(changed(Map.of(), Map.of("DEBUG", "1"))).isEqualTo("RUN make: DEBUG is new: 1");
      assertThat(changed(Map.of("DEBUG", "1"), Map.of()))
          .isEqualTo("RUN make: DEBUG is no longer set");
    }

    @Test
    void doesNotShowValuesThatMayBeSecret() {
      assertThat(changed(Map.of("TOKEN", "hunter2"), Map.of("TOKEN", "hunter3")))
          .isEqualTo("RUN make: TOKEN changed");
    }

    @Test
    void namesTheirOrder() {
      var ab = new LinkedHashMap<>(Map.of("A", "1"));
      ab.put("B", "2");
      var ba = new LinkedHashMap<>(Map.of("B", "2"));
      ba.put("A", "1");

      assertThat(changed(ab, ba)).isEqualTo("RUN make: the order of its variables changed");
    }

    private String changed(Map<String, String> before, Map<String, String> now) {
      return miss(app(run("make", before)), app(run("make", now)), 0);
    }
  }

  @Nested
  class Instructions {
    @Test
    void namesTheInstructionThatItWas() {
      assertThat(miss(app(run("make")), app(run("make all")), 0))
          .isEqualTo("RUN make all: was RUN make");
    }

    @Test
    void namesAStepAtTheEnd() {
      assertThat(miss(app(run("a")), app(run("a"), run("b")), 1))
          .isEqualTo("RUN b: the step is new");
    }

    @Test
    void namesAStepThatWasInserted() {
      assertThat(miss(app(run("a"), run("c")), app(run("a"), run("b"), run("c")), 1))
          .isEqualTo("RUN b: the step is new");
    }

    @Test
    void namesAStepThatWasRemoved() {
      assertThat(miss(app(run("a"), run("b"), run("c")), app(run("a"), run("c")), 1))
          .isEqualTo("RUN c: the step before it was removed: RUN b");
    }

    @Test
    void namesAnEarlierStepIfTheLatestBuildDifferedThere() {
      assertThat(miss(app(run("b"), run("c")), app(run("a"), run("c")), 1))
          .isEqualTo("an earlier step changed: RUN a: was RUN b");
    }

    @Test
    void saysThatTheResultIsGone() {
      assertThat(miss(app(run("a")), app(run("a")), 0))
          .isEqualTo("RUN a: its result is no longer in the cache");
    }

    @Test
    void findsAStageThatWasRenamed() {
      assertThat(
              miss(
                  app(run("a"), run("b")),
                  stage("web", image("golang:1.22"), run("a"), run("c")),
                  1))
          .isEqualTo("RUN c: was RUN b");
    }
  }

  @Nested
  class Bases {
    @Test
    void namesAnImageWithNewContent() {
      assertThat(miss(app(run("a")), stage("app", moved("golang:1.22"), run("a")), 0))
          .isEqualTo("the base image golang:1.22 changed");
    }

    @Test
    void namesBothImages() {
      assertThat(miss(app(run("a")), stage("app", moved("golang:1.23"), run("a")), 0))
          .isEqualTo("the base was golang:1.22 and is golang:1.23");
    }

    private StageBase moved(String name) {
      var reference = ImageReference.parse(name).pinned(digest("new content"));
      return new StageBase.Image(name, reference, reference, List.of(), Set.of(), List.of());
    }

    @Test
    void namesTheStageThatRanAgain() {
      var child = stage("app", new StageBase.Stage("deps"), run("b"));
      var plan = plan(stage("deps", image("alpine"), run("a2")), child);

      assertThat(
              new MissExplainer(
                      plan, latest(UNCHANGED, stage("deps", image("alpine"), run("a")), child))
                  .explain(child, keys(plan, child, UNCHANGED), 0))
          .contains("an earlier step ran again: stage deps changed");
    }

    @Test
    void namesANewStage() {
      assertThat(
              miss(
                  stage("other", image("alpine"), run("b")),
                  stage("app", new StageBase.Scratch(), run("a")),
                  0))
          .isEqualTo("stage app is new");
    }
  }

  @Test
  void namesTheStageThatHasToRunFirst() {
    var build = stage("build", image("alpine"), run("a"));
    var app = stage("app", new StageBase.Scratch(), copyFrom("build", "/app"));
    var plan = plan(build, app);

    assertThat(
            new MissExplainer(plan, latest(UNCHANGED, build, app))
                .explain(app, keys(plan, app, onlyContext()), 0))
        .contains("COPY --from=build /app /: it reads files of stage build, which runs again");
  }

  @Test
  void hasNothingToSayIfAllStepsAreKnown() {
    var now = app(run("a"));

    assertThat(
            new MissExplainer(plan(now), latest(UNCHANGED, now))
                .explain(now, keys(plan(now), now, UNCHANGED), 1))
        .isEqualTo(Optional.empty());
  }

  @Test
  void isOneShortLineOfPrintableText() {
    var long1 = "x\u001b[31m\n\u202e" + "é".repeat(5000);
    var clause =
        miss(
            app(copy(long1)),
            listed(Map.of(long1, "1", "b", "1", "c", "1")),
            app(copy(long1)),
            listed(Map.of(long1, "2", "b", "2", "c", "2")),
            0);

    assertThat(clause.getBytes(StandardCharsets.UTF_8)).hasSizeLessThanOrEqualTo(400);
    assertThat(clause).doesNotContain("\u001b", "\n", "\u202e");
  }
}
