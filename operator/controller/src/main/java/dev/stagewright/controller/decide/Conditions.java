package dev.stagewright.controller.decide;

import dev.stagewright.api.v1alpha1.BuildCondition;
import dev.stagewright.api.v1alpha1.BuildCondition.ConditionStatus;
import dev.stagewright.api.v1alpha1.BuildCondition.ConditionType;
import dev.stagewright.controller.observe.Observation;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Collects conditions; the time of one that says the same as before stays as it was. */
final class Conditions {
  private final Observation observed;
  private final List<BuildCondition> conditions = new ArrayList<>();

  Conditions(Observation observed) {
    this.observed = observed;
  }

  /** A milestone that is reached keeps the words of that moment. */
  void add(ConditionType type, ConditionStatus status, Progress progress) {
    var before = previous(type).filter(condition -> condition.status() == status);
    var keepsWords = status == ConditionStatus.True && isMilestone(type);
    var said = before.filter(_ -> keepsWords);
    conditions.add(
        new BuildCondition(
            type,
            status,
            observed.run().generation(),
            before
                .map(BuildCondition::lastTransitionTime)
                .orElse(observed.now().truncatedTo(ChronoUnit.SECONDS).toString()),
            said.map(BuildCondition::reason).orElse(keepsWords ? type.name() : progress.reason()),
            said.map(BuildCondition::message).orElse(progress.message())));
  }

  private static boolean isMilestone(ConditionType type) {
    return switch (type) {
      case Prepared, Built, Pushed -> true;
      case Ready, Reconciling, Stalled -> false;
    };
  }

  private Optional<BuildCondition> previous(ConditionType type) {
    return observed.previous().stream()
        .flatMap(status -> status.conditions().stream())
        .filter(condition -> condition.type() == type)
        .findFirst();
  }

  List<BuildCondition> list() {
    return List.copyOf(conditions);
  }
}
