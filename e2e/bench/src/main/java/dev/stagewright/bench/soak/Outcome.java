package dev.stagewright.bench.soak;

import dev.stagewright.api.v1alpha1.BuildCondition;
import dev.stagewright.api.v1alpha1.BuildCondition.ConditionStatus;
import dev.stagewright.api.v1alpha1.BuildCondition.ConditionType;
import dev.stagewright.api.v1alpha1.BuildPhase;
import dev.stagewright.api.v1alpha1.ImageBuild;
import dev.stagewright.api.v1alpha1.ImageBuildStatus;
import dev.stagewright.api.v1alpha1.RunRecord;
import dev.stagewright.bench.soak.SoakBuild.Wanted;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What has become of a build, to be held against the spec that was asked for last.
 *
 * @param build what it is called
 * @param wanted what was asked for
 * @param seen the ImageBuild; null if there is none
 * @param tagged what the registry has; empty if it has no such tag
 */
record Outcome(
    String build, Wanted wanted, @Nullable ImageBuild seen, Optional<Registry.Tagged> tagged) {

  /** Whether the last spec has been built, or has failed, as far as a status tells. */
  static boolean isOver(Wanted wanted, @Nullable ImageBuild seen) {
    if (wanted.deleted()) {
      return true;
    }
    if (wanted.suspended() || seen == null || seen.getStatus() == null) {
      return false;
    }
    var status = seen.getStatus();
    return status.observedGeneration() == wanted.generation()
        && (status.phase() == BuildPhase.Succeeded || status.phase() == BuildPhase.Failed);
  }

  List<Violation> violations() {
    if (wanted.deleted()) {
      return seen == null ? List.of() : List.of(Violation.leaked(build + " was deleted"));
    }
    if (seen == null || !isOver(wanted, seen)) {
      return List.of(Violation.lost(build + " has not ended: " + lastKnown(seen)));
    }
    var status = seen.getStatus();
    var violations = new ArrayList<Violation>();
    var problem = wanted.recipe().isToFail() ? unlikeFailure(status) : unlikeSuccess(status);
    if (!problem.isEmpty()) {
      violations.add(Violation.wrong(build + " " + problem));
    }
    if (!isToldByReady(status)) {
      violations.add(Violation.wrong(build + " has conditions unlike its phase"));
    }
    if (tellsTwice(status)) {
      violations.add(Violation.duplicated(build + " tells of a run twice: " + status.history()));
    }
    return violations;
  }

  private static String lastKnown(@Nullable ImageBuild seen) {
    if (seen == null) {
      return "it is not there";
    }
    var status = seen.getStatus();
    return status == null
        ? "it has no status"
        : "%s of generation %d, and generation %d was asked for"
            .formatted(
                status.phase(), status.observedGeneration(), seen.getMetadata().getGeneration());
  }

  /** What is wrong with how it failed; the empty string if nothing is. */
  private String unlikeFailure(ImageBuildStatus status) {
    var failure = status.failure();
    if (status.phase() != BuildPhase.Failed || failure == null) {
      return "is %s, and was to fail".formatted(status.phase());
    }
    var exitCode = wanted.recipe().exitCode();
    var isMeant =
        failure.reason().equals("RunFailed")
            && Objects.equals(failure.exitCode(), exitCode)
            && Shape.FAILING_STAGE.equals(failure.stage());
    return isMeant ? "" : "failed otherwise than with %d: %s".formatted(exitCode, failure);
  }

  private String unlikeSuccess(ImageBuildStatus status) {
    var image = status.image();
    if (status.phase() != BuildPhase.Succeeded || image == null) {
      return "is %s, and was to succeed: %s".formatted(status.phase(), status.failure());
    }
    if (tagged.isEmpty()) {
      return "succeeded, but its tag is not in the registry";
    }
    var inRegistry = tagged.get();
    if (!inRegistry.digest().equals(image.digest())) {
      return "says it pushed %s, but the registry has %s"
          .formatted(image.digest(), inRegistry.digest());
    }
    return inRegistry.mark().equals(wanted.recipe().mark())
        ? ""
        : "was to be built as %s, but the registry has %s"
            .formatted(wanted.recipe().mark(), inRegistry.mark());
  }

  private static boolean isToldByReady(ImageBuildStatus status) {
    var expected =
        status.phase() == BuildPhase.Succeeded ? ConditionStatus.True : ConditionStatus.False;
    return status.conditions().stream()
        .filter(condition -> condition.type() == ConditionType.Ready)
        .map(BuildCondition::status)
        .toList()
        .equals(List.of(expected));
  }

  private static boolean tellsTwice(ImageBuildStatus status) {
    var generations = status.history().stream().map(RunRecord::generation).toList();
    return generations.stream().distinct().count() < generations.size()
        || generations.contains(status.observedGeneration());
  }
}
