package dev.stagewright.bench.soak;

import dev.stagewright.api.v1alpha1.BuildCondition;
import dev.stagewright.api.v1alpha1.BuildCondition.ConditionStatus;
import dev.stagewright.api.v1alpha1.BuildCondition.ConditionType;
import dev.stagewright.api.v1alpha1.BuildPhase;
import dev.stagewright.api.v1alpha1.ImageBuild;
import dev.stagewright.api.v1alpha1.ImageBuildStatus;
import dev.stagewright.api.v1alpha1.RunRecord;
import dev.stagewright.bench.soak.SoakBuild.DesiredState;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Compares a build with the spec that was applied last.
 *
 * @param build name of the build
 * @param desired desired state
 * @param actual the ImageBuild; null if it does not exist
 * @param image the image in the registry; empty if the tag does not exist
 */
record BuildCheck(
    String build,
    DesiredState desired,
    @Nullable ImageBuild actual,
    Optional<RegistryImageReader.TaggedImage> image) {

  /** Whether the build of the last spec has succeeded or failed, according to the status. */
  static boolean isFinished(DesiredState desired, @Nullable ImageBuild actual) {
    if (desired.deleted()) {
      return true;
    }
    if (desired.suspended() || actual == null || actual.getStatus() == null) {
      return false;
    }
    var status = actual.getStatus();
    return status.observedGeneration() == desired.generation()
        && (status.phase() == BuildPhase.Succeeded || status.phase() == BuildPhase.Failed);
  }

  List<Violation> violations() {
    if (desired.deleted()) {
      return actual == null
          ? List.of()
          : List.of(Violation.leaked(build + " was deleted but still exists"));
    }
    if (actual == null || !isFinished(desired, actual)) {
      return List.of(Violation.lost(build + " is not finished: " + describe(actual)));
    }
    var status = actual.getStatus();
    var violations = new ArrayList<Violation>();
    var difference = desired.spec().expectsFailure() ? checkFailure(status) : checkSuccess(status);
    if (!difference.isEmpty()) {
      violations.add(Violation.wrong(build + " " + difference));
    }
    if (!readyMatchesPhase(status)) {
      violations.add(Violation.wrong(build + " has a condition Ready that contradicts its phase"));
    }
    if (hasDuplicateHistory(status)) {
      violations.add(
          Violation.duplicated(build + " has a run twice in its history: " + status.history()));
    }
    return violations;
  }

  private static String describe(@Nullable ImageBuild actual) {
    if (actual == null) {
      return "the ImageBuild does not exist";
    }
    var status = actual.getStatus();
    return status == null
        ? "the ImageBuild has no status"
        : "%s at generation %d, desired generation %d"
            .formatted(
                status.phase(), status.observedGeneration(), actual.getMetadata().getGeneration());
  }

  /** Returns how the failure differs from the expected one; empty if it does not differ. */
  private String checkFailure(ImageBuildStatus status) {
    var failure = status.failure();
    if (status.phase() != BuildPhase.Failed || failure == null) {
      return "is %s, expected Failed".formatted(status.phase());
    }
    var exitCode = desired.spec().exitCode();
    var isExpected =
        failure.reason().equals("RunFailed")
            && Objects.equals(failure.exitCode(), exitCode)
            && DockerfileTemplate.FAILING_STAGE.equals(failure.stage());
    return isExpected ? "" : "failed, but not with exit code %d: %s".formatted(exitCode, failure);
  }

  private String checkSuccess(ImageBuildStatus status) {
    var reported = status.image();
    if (status.phase() != BuildPhase.Succeeded || reported == null) {
      return "is %s, expected Succeeded: %s".formatted(status.phase(), status.failure());
    }
    if (image.isEmpty()) {
      return "succeeded, but the registry does not have its tag";
    }
    var pushed = image.get();
    if (!pushed.digest().equals(reported.digest())) {
      return "reports digest %s, but the registry has %s"
          .formatted(reported.digest(), pushed.digest());
    }
    var input = desired.spec().input();
    if (!pushed.label().equals(input)) {
      return "is of %s, but the registry has an image of %s".formatted(input, pushed.label());
    }
    return pushed.madeFrom().equals(input)
        ? ""
        : "is of %s, but its files were made from %s".formatted(input, pushed.madeFrom());
  }

  private static boolean readyMatchesPhase(ImageBuildStatus status) {
    var expected =
        status.phase() == BuildPhase.Succeeded ? ConditionStatus.True : ConditionStatus.False;
    return status.conditions().stream()
        .filter(condition -> condition.type() == ConditionType.Ready)
        .map(BuildCondition::status)
        .toList()
        .equals(List.of(expected));
  }

  private static boolean hasDuplicateHistory(ImageBuildStatus status) {
    var generations = status.history().stream().map(RunRecord::generation).toList();
    return generations.stream().distinct().count() < generations.size()
        || generations.contains(status.observedGeneration());
  }
}
