package dev.stagewright.controller.podstatus;

import dev.stagewright.controller.run.Task;
import dev.stagewright.protocol.SandboxKind;
import dev.stagewright.protocol.Termination;
import io.fabric8.kubernetes.api.model.Quantity;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * The facts about a Pod that decisions depend on, and about the container that performs one of its
 * tasks. The worker Pod performs two tasks, so a run has two such facts for it.
 *
 * @param uid of the Pod, which differs from that of an earlier Pod with the same name
 * @param container name of the container that performs the task
 * @param attempt of the Pod, counted from 1
 * @param node empty until the Pod is scheduled
 * @param sandbox of a stage's Pod; empty for other Pods
 * @param runsPrefixImage whether a stage's Pod runs a prefix image instead of the base image
 * @param memoryLimit of the container; empty for no limit
 * @param deletion empty unless the Pod is being deleted
 * @param modifiedFields fields that the cluster's admission has set and that restrict the Pod
 * @param blockingInitContainer the running init container that is not part of Stagewright and that
 *     the container waits for
 * @param needsShutdown whether only sidecars keep the Pod running after its tasks have ended
 * @param isShutDown whether the operator has ended the Pod without deleting it
 */
public record PodFacts(
    String name,
    String uid,
    Task task,
    String container,
    int attempt,
    Optional<String> node,
    Instant createdAt,
    Optional<SandboxKind> sandbox,
    boolean runsPrefixImage,
    Optional<Quantity> memoryLimit,
    Optional<PodDeletion> deletion,
    List<String> modifiedFields,
    Optional<String> blockingInitContainer,
    boolean needsShutdown,
    boolean isShutDown,
    PodState state) {
  /** Copies the list. */
  public PodFacts {
    modifiedFields = List.copyOf(modifiedFields);
  }

  /** Whether the Pod is being deleted. */
  public boolean isStopping() {
    return deletion.isPresent();
  }

  /** Whether the container has ended, or will never start. */
  public boolean hasEnded() {
    return state instanceof PodState.Ended;
  }

  /** Why the Pod ended; empty while it has not. */
  public Optional<PodTermination> termination() {
    return state instanceof PodState.Ended ended
        ? Optional.of(ended.termination())
        : Optional.empty();
  }

  /** Whether the container exited with code 0. */
  public boolean isCompleted() {
    return termination().filter(PodTermination.Completed.class::isInstance).isPresent();
  }

  /** The result of this type that the container reported. */
  public <T extends Termination> Optional<T> result(Class<T> type) {
    return report().filter(type::isInstance).map(type::cast);
  }

  /** What the container reported in its termination message, a result or a failure. */
  public Optional<Termination> report() {
    return switch (termination().orElse(null)) {
      case PodTermination.Completed(var report) -> report;
      case PodTermination.Failed(var report) -> Optional.of(report);
      case null, default -> Optional.empty();
    };
  }

  /** When the container started, if it has. */
  public Optional<Instant> startedAt() {
    return switch (state) {
      case PodState.Running(var startedAt) -> Optional.of(startedAt);
      case PodState.Ended(_, var period) -> period.map(PodState.RunPeriod::startedAt);
      case PodState.Pending _, PodState.Created _ -> Optional.empty();
    };
  }

  /** When the container ended, if that is known. */
  public Optional<Instant> finishedAt() {
    return state instanceof PodState.Ended(_, var period)
        ? period.map(PodState.RunPeriod::finishedAt)
        : Optional.empty();
  }

  /** Whether the Pod has, or had, a node. */
  public boolean isScheduled() {
    return node.isPresent();
  }

  /** The same Pod, pending because of this cause. */
  public PodFacts pending(Instant since, WaitingCause cause) {
    return withState(new PodState.Pending(isScheduled(), since, Optional.of(cause)));
  }

  /**
   * The same Pod with what the container has reported in its log, before the kubelet reports its
   * end.
   */
  public PodFacts reported(Termination report, Instant at) {
    return withState(
        new PodState.Ended(
            report instanceof Termination.Failed failed
                ? new PodTermination.Failed(failed)
                : new PodTermination.Completed(Optional.of(report)),
            startedAt().map(start -> new PodState.RunPeriod(start, at))));
  }

  private PodFacts withState(PodState other) {
    return new PodFacts(
        name,
        uid,
        task,
        container,
        attempt,
        node,
        createdAt,
        sandbox,
        runsPrefixImage,
        memoryLimit,
        deletion,
        modifiedFields,
        blockingInitContainer,
        needsShutdown,
        isShutDown,
        other);
  }
}
