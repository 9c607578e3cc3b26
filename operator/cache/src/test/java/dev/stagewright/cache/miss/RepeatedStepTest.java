package dev.stagewright.cache.miss;

import static dev.stagewright.cache.TestPlans.copy;
import static dev.stagewright.cache.TestPlans.digest;
import static dev.stagewright.cache.TestPlans.files;
import static dev.stagewright.cache.TestPlans.image;
import static dev.stagewright.cache.TestPlans.keys;
import static dev.stagewright.cache.TestPlans.plan;
import static dev.stagewright.cache.TestPlans.run;
import static dev.stagewright.cache.TestPlans.stage;
import static org.assertj.core.api.Assertions.assertThat;

import dev.stagewright.cache.key.SelectedFiles;
import dev.stagewright.cache.key.StageKeys;
import dev.stagewright.cache.record.LatestRecord;
import dev.stagewright.protocol.StagePlan;
import dev.stagewright.protocol.Step;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What an installation after the copy of the source code has cost. */
class RepeatedStepTest {
  private static final Map<String, String> FILES = Map.of("package.json", "1", "src/main.js", "1");
  private static final Map<String, String> CHANGED =
      Map.of("package.json", "1", "src/main.js", "2");

  private static StagePlan app(Step... steps) {
    return stage("app", image("node:22"), steps);
  }

  private static ScriptedStage build(StagePlan stage, Map<String, String> all) {
    return new ScriptedStage(stage, all);
  }

  /** A build of a stage whose copies read these files. */
  private record ScriptedStage(StagePlan stage, Map<String, String> all) {
    StageKeys keysOfStage() {
      return keys(plan(stage), stage, files(new SelectedFiles(digest(all.toString()), all)));
    }

    LatestRecord record() {
      return new LatestRecord(
          "team/app", 1, List.of(LatestRecord.Stage.of(plan(stage), stage, keysOfStage())));
    }
  }

  private static Optional<String> cost(ScriptedStage before, ScriptedStage now, int index) {
    return new RepeatedStep(
            plan(now.stage()), before.record(), now.stage(), now.keysOfStage(), index)
        .cost(Duration.ofMillis(38_400));
  }

  @Test
  void isNamedWithItsDurationAndItsCause() {
    var app = app(copy("."), run("npm ci"));
    assertThat(cost(build(app, FILES), build(app, CHANGED), 1))
        .contains(
            "In this build they were installed again, which took 38 s, because of COPY . /:"
                + " src/main.js changed.");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "package.json",
        "web/package-lock.json",
        "go.sum",
        "requirements.txt",
        "requirements-dev.txt",
        "pom.xml",
        "Gemfile.lock",
        "crates/a/Cargo.toml",
        "pyproject.toml"
      })
  void isNotNamedIfItsOwnDependenciesChanged(String file) {
    var app = app(copy("."), run("npm ci"));
    assertThat(
            cost(
                build(app, Map.of(file, "1", "src/main.js", "1")),
                build(app, Map.of(file, "2", "src/main.js", "2")),
                1))
        .isEmpty();
  }

  @Test
  void isNotNamedIfTheCommandChanged() {
    assertThat(
            cost(
                build(app(copy("."), run("npm ci")), FILES),
                build(app(copy("."), run("npm install")), CHANGED),
                1))
        .isEmpty();
  }

  @Test
  void isNotNamedIfAnotherStepChangedBefore() {
    assertThat(
            cost(
                build(app(run("apk add make"), copy("."), run("npm ci")), FILES),
                build(app(run("apk add gcc"), copy("."), run("npm ci")), CHANGED),
                2))
        .isEmpty();
  }

  @Test
  void isNotNamedIfNothingChanged() {
    var app = app(copy("."), run("npm ci"));
    assertThat(cost(build(app, FILES), build(app, FILES), 1)).isEmpty();
  }

  @Test
  void isNotNamedIfTheLatestBuildHasNotInstalledThem() {
    var app = app(copy("."), run("npm ci"));
    var before = build(app, FILES);
    var failed =
        new LatestRecord(
            "team/app", 1, List.of(LatestRecord.Stage.of(plan(app), app, before.keysOfStage(), 1)));
    var now = build(app, CHANGED);

    assertThat(
            new RepeatedStep(plan(app), failed, app, now.keysOfStage(), 1)
                .cost(Duration.ofSeconds(30)))
        .isEmpty();
  }

  @Test
  void isNotNamedIfTheStageIsNew() {
    var before = stage("other", image("node:22"), copy("."), run("npm ci"));
    var app = app(copy("."), run("npm ci"));
    assertThat(cost(build(before, FILES), build(app, CHANGED), 1)).isEmpty();
  }

  @Test
  void isNotNamedIfItIsNotKnownWhichFilesChanged() {
    var app = app(copy("."), run("npm ci"));
    assertThat(cost(build(app, Map.of()), build(app, CHANGED), 1)).isEmpty();
  }
}
