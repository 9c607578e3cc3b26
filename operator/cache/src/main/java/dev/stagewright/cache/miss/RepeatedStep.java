package dev.stagewright.cache.miss;

import dev.stagewright.cache.key.SelectedFiles;
import dev.stagewright.cache.key.StageKeys;
import dev.stagewright.cache.key.StepKey;
import dev.stagewright.cache.record.LatestRecord;
import dev.stagewright.cache.record.LatestRecord.LatestStep;
import dev.stagewright.protocol.BuildPlan;
import dev.stagewright.protocol.StagePlan;
import dev.stagewright.protocol.Step;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * A step that installs dependencies, and had to run again only because source code was copied
 * before it.
 *
 * @param plan plan of the build
 * @param latest latest build of the same Dockerfile
 * @param stage stage of the step
 * @param keys keys of the stage in this build
 * @param index index of the step
 */
public record RepeatedStep(
    BuildPlan plan, LatestRecord latest, StagePlan stage, StageKeys keys, int index) {
  /** Files that say which dependencies to install. After their change, an installation is due. */
  private static final Pattern DEPENDENCIES =
      Pattern.compile(
          "(.*/)?(package(-lock)?\\.json|npm-shrinkwrap\\.json|yarn\\.lock|pnpm-lock\\.yaml"
              + "|go\\.(mod|sum|work)|Gemfile(\\.lock)?|.*\\.gemspec|composer\\.(json|lock)"
              + "|pyproject\\.toml|poetry\\.lock|setup\\.(py|cfg)|.*requirements.*\\.(txt|in)"
              + "|Cargo\\.(toml|lock)|pom\\.xml|.*\\.gradle(\\.kts)?|\\.npmrc)");

  /**
   * Says what the order of the instructions cost.
   *
   * @param duration how long the step took in this build
   * @return a sentence; empty if the step had a reason of its own to run, or if the reason is not
   *     known
   */
  public Optional<String> cost(Duration duration) {
    return latest.stages().stream()
        .filter(before -> before.name().equals(stage.name()))
        .findFirst()
        .map(LatestRecord.Stage::completedSteps)
        .filter(before -> index < keys.steps().size() && isSame(before))
        .flatMap(this::cause)
        .flatMap(cause -> new MissExplainer(plan, latest).explain(stage, keys, cause))
        .map(clause ->
            "In this build they were installed again, which took %s s, because of %s."
                .formatted(duration.toSeconds(), clause));
  }

  /** Whether the step is that of the latest build, on another file system. */
  private boolean isSame(List<LatestStep> before) {
    var now = keys.steps().get(index);
    return before.stream()
        .filter(step -> step.instruction().equals(instruction(index)))
        .map(LatestStep::key)
        .anyMatch(key ->
            !key.key().equals(now.key())
                && key.inputs().equals(now.inputs())
                && digest(key).equals(digest(now)));
  }

  /** The copy of source code that is the first difference; empty for another difference. */
  private Optional<Integer> cause(List<LatestStep> before) {
    for (var i = 0; i < Math.min(index, before.size()); i++) {
      var now = keys.steps().get(i);
      var then = before.get(i).key();
      if (!now.key().equals(then.key())) {
        return isCopyOfContext(i)
                && now.parent().equals(then.parent())
                && now.inputs().equals(then.inputs())
                && areSourceCode(then.files(), now.files())
            ? Optional.of(i)
            : Optional.empty();
      }
    }
    return Optional.empty();
  }

  private boolean isCopyOfContext(int step) {
    return stage.steps().get(step) instanceof Step.Copy copy
        && copy.from() instanceof Step.CopyFrom.Context;
  }

  private static boolean areSourceCode(Optional<SelectedFiles> then, Optional<SelectedFiles> now) {
    var before = files(then);
    var after = files(now);
    if (before.isEmpty() || after.isEmpty()) {
      return false;
    }
    var paths = new TreeSet<>(before.keySet());
    paths.addAll(after.keySet());
    var changed =
        paths.stream()
            .filter(path ->
                !Optional.ofNullable(before.get(path)).equals(Optional.ofNullable(after.get(path))))
            .collect(Collectors.toSet());
    return !changed.isEmpty()
        && changed.stream().noneMatch(path -> DEPENDENCIES.matcher(path).matches());
  }

  private static Map<String, String> files(Optional<SelectedFiles> selected) {
    return selected.map(SelectedFiles::files).orElse(Map.of());
  }

  private static Optional<String> digest(StepKey key) {
    return key.files().map(files -> files.digest().toString());
  }

  private String instruction(int step) {
    return stage.steps().get(step).position().instruction();
  }
}
