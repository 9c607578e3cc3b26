package dev.stagewright.controller.observe;

import dev.stagewright.controller.run.Task;
import dev.stagewright.protocol.SandboxKind;
import dev.stagewright.protocol.Termination;
import dev.stagewright.protocol.TerminationMessage;
import io.fabric8.kubernetes.api.model.Quantity;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * What is known of a Pod.
 *
 * @param uid tells it from a namesake
 * @param attempt counted from 1 inside its part
 * @param node empty until it is scheduled
 * @param sandbox what a stage's Pod is made for; empty for other Pods
 * @param memoryLimit the most that its container may have; empty for no limit
 * @param removal empty unless it is being deleted
 * @param modified fields that the cluster's admission has set, and that restrict it
 * @param initializing the init container that it waits for and that is none of ours
 * @param endIsDue whether its container has ended, and only containers of others run on
 */
public record PodFacts(
    String name,
    String uid,
    Task task,
    int attempt,
    Optional<String> node,
    Instant createdAt,
    Optional<SandboxKind> sandbox,
    Optional<Quantity> memoryLimit,
    Optional<PodDeletion> removal,
    List<String> modified,
    Optional<String> initializing,
    boolean endIsDue,
    PodState state) {
  /** Copies the list. */
  public PodFacts {
    modified = List.copyOf(modified);
  }

  /** Whether it is being deleted. */
  public boolean stopping() {
    return removal.isPresent();
  }

  /** Whether its container will do nothing more. */
  public boolean isOver() {
    return switch (state) {
      case PodState.Ended _, PodState.InitFailed _, PodState.Lost _, PodState.DeadlineExceeded _ ->
          true;
      case PodState.Waiting _, PodState.Created _, PodState.Running _ -> false;
    };
  }

  /** What its container said at its end; empty before, and where it said nothing of ours. */
  public Optional<Termination> lastWords() {
    return state instanceof PodState.Ended ended
        ? TerminationMessage.read(ended.message())
        : Optional.empty();
  }

  /** The same Pod, with what keeps it from starting. */
  PodFacts waitingFor(Instant since, PodState.WaitingReason waitingReason) {
    return new PodFacts(
        name,
        uid,
        task,
        attempt,
        node,
        createdAt,
        sandbox,
        memoryLimit,
        removal,
        modified,
        initializing,
        endIsDue,
        new PodState.Waiting(isPlaced(), since, Optional.of(waitingReason)));
  }

  /** Whether it has a node, or had one. */
  public boolean isPlaced() {
    return node.isPresent();
  }
}
