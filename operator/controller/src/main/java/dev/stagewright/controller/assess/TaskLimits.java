package dev.stagewright.controller.decide;

import dev.stagewright.api.v1alpha1.KubernetesDuration;
import dev.stagewright.api.v1alpha1.OutOfMemoryRetry;
import dev.stagewright.api.v1alpha1.StageSettings;
import dev.stagewright.controller.observe.Observation;
import dev.stagewright.controller.observe.PodFacts;
import dev.stagewright.controller.pods.StagePod;
import dev.stagewright.controller.run.Task;
import dev.stagewright.controller.template.PodTemplates;
import io.fabric8.kubernetes.api.model.Quantity;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.Optional;

/** How long a stage may take, and how much memory its next Pod gets. */
record StageLimits(Observation observed, Task.Stage task) {
  private static final BigDecimal TWICE = BigDecimal.TWO;

  /** What the next Pod of the stage is held to, beside what the spec says of all its Pods. */
  StagePod.Limits ofNextPod() {
    return new StagePod.Limits(timeout(), moreMemory());
  }

  /** How long it may take once it runs; empty where only the run's own timeout counts. */
  Optional<Duration> timeout() {
    return settings()
        .flatMap(it -> Optional.ofNullable(it.timeout()))
        .map(KubernetesDuration::parse);
  }

  /**
   * The limit after those under which the stage ran out of memory: twice as much, and at most what
   * the spec allows. Empty where the stage had enough, or more is not to be had.
   */
  Optional<Quantity> moreMemory() {
    var most = settings().map(StageSettings::outOfMemoryRetry).map(OutOfMemoryRetry::most);
    var tried =
        observed.pods().stream()
            .filter(pod -> pod.task().equals(task) && OutOfMemory.isWhyItEnded(pod))
            .flatMap(pod -> pod.memoryLimit().stream())
            .map(Quantity::getNumericalAmount)
            .max(BigDecimal::compareTo);
    if (most.isEmpty() || tried.isEmpty()) {
      return Optional.empty();
    }
    var allowed = most.get().getNumericalAmount();
    return allowed.compareTo(tried.get()) > 0
        ? Optional.of(bytes(tried.get().multiply(TWICE).min(allowed)))
        : Optional.empty();
  }

  private static Quantity bytes(BigDecimal amount) {
    return new Quantity(amount.toBigInteger().toString());
  }

  private Optional<StageSettings> settings() {
    return observed
        .knownPlan()
        .flatMap(plan -> new PodTemplates(observed.spec()).settings(plan.stage(task.id())));
  }

  /** Pods that were replaced for want of memory, and not because they were lost. */
  long replacedForMemory() {
    return settings().map(StageSettings::outOfMemoryRetry).isEmpty()
        ? 0
        : observed.pods().stream()
            .filter(pod -> pod.task().equals(task))
            .filter(OutOfMemory::isWhyItEnded)
            .map(PodFacts::memoryLimit)
            .filter(Optional::isPresent)
            .count();
  }
}
