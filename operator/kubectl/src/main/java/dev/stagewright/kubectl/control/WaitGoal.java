package dev.stagewright.kubectl.control;

import dev.stagewright.api.v1alpha1.BuildCondition.ConditionStatus;
import dev.stagewright.api.v1alpha1.BuildCondition.ConditionType;
import dev.stagewright.api.v1alpha1.BuildPhase;
import dev.stagewright.api.v1alpha1.ImageBuild;
import dev.stagewright.api.v1alpha1.ImageBuildStatus;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

/** What a user waits for in the run of the latest spec and of the latest triggers. */
public sealed interface WaitGoal {

  /** How far a run is from a goal. */
  enum Progress {
    /** The run may reach the goal. */
    OPEN,
    REACHED,
    /** The run has ended without reaching the goal. */
    MISSED
  }

  /** The run succeeds. */
  record Success() implements WaitGoal {}

  /** The operator has seen the latest spec and the latest triggers. */
  record Observed() implements WaitGoal {}

  /** A condition has a status. */
  record Condition(ConditionType type, ConditionStatus status) implements WaitGoal {}

  /** The run is in a phase, or has passed it. */
  record Phase(BuildPhase phase) implements WaitGoal {}

  /**
   * Parses the value of {@code --for}.
   *
   * @throws IllegalArgumentException if it is no goal; the message lists what is possible
   */
  static WaitGoal parse(String text) {
    var parts = text.split("=", -1);
    if (text.equals("success")) {
      return new Success();
    }
    if (parts[0].equals("phase") && parts.length == 2) {
      return new Phase(parse(BuildPhase.class, parts[1]));
    }
    if (parts[0].equals("condition") && (parts.length == 2 || parts.length == 3)) {
      return new Condition(
          parse(ConditionType.class, parts[1]),
          parts.length == 2 ? ConditionStatus.True : parse(ConditionStatus.class, parts[2]));
    }
    throw new IllegalArgumentException(
        "must be success, condition=TYPE, condition=TYPE=STATUS, or phase=PHASE, but is " + text);
  }

  private static <T extends Enum<T>> T parse(Class<T> type, String name) {
    return Arrays.stream(type.getEnumConstants())
        .filter(
            value -> value.name().toLowerCase(Locale.ROOT).equals(name.toLowerCase(Locale.ROOT)))
        .findFirst()
        .orElseThrow(() ->
            new IllegalArgumentException(
                name
                    + " is not one of "
                    + Arrays.stream(type.getEnumConstants())
                        .map(Enum::name)
                        .collect(Collectors.joining(", "))));
  }

  /** How far the run of the latest spec is from the goal. */
  default Progress progress(ImageBuild build) {
    var current =
        Optional.ofNullable(build.getStatus())
            .filter(status -> status.phase() != null)
            .filter(status -> status.isUpToDate(build.getMetadata()));
    if (current.isEmpty()) {
      return Progress.OPEN;
    }
    var status = current.get();
    if (isReached(status)) {
      return Progress.REACHED;
    }
    return status.hasEnded() ? Progress.MISSED : Progress.OPEN;
  }

  private boolean isReached(ImageBuildStatus status) {
    var phase = Optional.ofNullable(status.phase()).orElse(BuildPhase.Pending);
    return switch (this) {
      case Success() -> phase == BuildPhase.Succeeded;
      case Observed() -> true;
      case Condition(var type, var expected) ->
          status.conditions().stream().anyMatch(it -> it.type() == type && it.status() == expected);
      case Phase(var expected) ->
          phase == expected
              || (!expected.isFinal()
                  && phase != BuildPhase.Failed
                  && phase != BuildPhase.Cancelled
                  && phase.compareTo(expected) > 0);
    };
  }
}
