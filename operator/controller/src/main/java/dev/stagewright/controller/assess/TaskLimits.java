package dev.stagewright.controller.assess;

import dev.stagewright.api.v1alpha1.KubernetesDuration;
import dev.stagewright.api.v1alpha1.OutOfMemoryRetry;
import dev.stagewright.api.v1alpha1.StageSettings;
import dev.stagewright.controller.observe.Observation;
import dev.stagewright.controller.pods.StagePod;
import dev.stagewright.controller.podstatus.PodFacts;
import dev.stagewright.controller.podstatus.PodTermination;
import dev.stagewright.controller.run.Task;
import dev.stagewright.controller.template.PodTemplates;
import dev.stagewright.protocol.Failure;
import dev.stagewright.protocol.FailureReason;
import io.fabric8.kubernetes.api.model.Quantity;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.stream.Stream;

/** The timeout and the memory limit of the attempts of a task. */
public record TaskLimits(Observation observed, Task task) {
  private static final BigDecimal MEMORY_FACTOR = BigDecimal.TWO;

  /** The limits of the next Pod, in addition to those of the spec. */
  public StagePod.Limits ofNextPod() {
    return new StagePod.Limits(timeout(), increasedMemory());
  }

  /** The failure of a container that has run longer than the stage's own timeout. */
  Optional<Failure> exceeded(Instant startedAt) {
    return timeout()
        .filter(limit -> observed.now().isAfter(startedAt.plus(limit)))
        .map(TaskLimits::stageTimeout);
  }

  /** The failure of a Pod that the kubelet ended at its deadline: the lower of both timeouts. */
  Failure deadlineExceeded() {
    var timeoutOfRun = observed.spec().timeout();
    return timeout()
        .filter(limit -> limit.compareTo(KubernetesDuration.parse(timeoutOfRun)) < 0)
        .map(TaskLimits::stageTimeout)
        .orElseGet(() ->
            Failure.of(
                FailureReason.Timeout,
                "the build did not finish within spec.timeout, " + timeoutOfRun));
  }

  private static Failure stageTimeout(Duration limit) {
    return Failure.of(
        FailureReason.StageTimeout,
        "the stage did not finish within its own timeout, " + KubernetesDuration.format(limit));
  }

  private Optional<Duration> timeout() {
    return settings()
        .flatMap(settings -> Optional.ofNullable(settings.timeout()))
        .map(KubernetesDuration::parse);
  }

  /**
   * The memory limit of the next Pod of a stage that ran out of memory: twice the highest limit so
   * far, up to the maximum in the spec. Empty if no Pod ran out of memory, or the maximum is
   * reached.
   */
  Optional<Quantity> increasedMemory() {
    var maximum = settings().map(StageSettings::outOfMemoryRetry).map(OutOfMemoryRetry::most);
    var tried =
        podsOutOfMemory()
            .flatMap(pod -> pod.memoryLimit().stream())
            .map(Quantity::getNumericalAmount)
            .max(BigDecimal::compareTo);
    if (maximum.isEmpty() || tried.isEmpty()) {
      return Optional.empty();
    }
    var allowed = maximum.get().getNumericalAmount();
    return allowed.compareTo(tried.get()) > 0
        ? Optional.of(bytes(tried.get().multiply(MEMORY_FACTOR).min(allowed)))
        : Optional.empty();
  }

  /** The number of Pods that were replaced by a Pod with more memory. */
  long memoryRetries() {
    return settings().map(StageSettings::outOfMemoryRetry).isEmpty()
        ? 0
        : podsOutOfMemory().filter(pod -> pod.memoryLimit().isPresent()).count();
  }

  private Stream<PodFacts> podsOutOfMemory() {
    return observed.pods().stream()
        .filter(pod -> pod.task().equals(task))
        .filter(pod ->
            switch (pod.termination().orElse(null)) {
              case PodTermination.OutOfMemory _ -> true;
              case PodTermination.Failed failed ->
                  failed.failure().reason() == FailureReason.OutOfMemory;
              case null, default -> false;
            });
  }

  private static Quantity bytes(BigDecimal amount) {
    return new Quantity(amount.toBigInteger().toString());
  }

  private Optional<StageSettings> settings() {
    return task instanceof Task.Stage(var id)
        ? observed
            .knownPlan()
            .flatMap(plan -> new PodTemplates(observed.spec()).settings(plan.stage(id)))
        : Optional.empty();
  }
}
