package dev.stagewright.bench.soak;

import dev.stagewright.protocol.FailureReason.Fault;
import dev.stagewright.protocol.Json;
import dev.stagewright.protocol.Termination;
import io.fabric8.kubernetes.api.model.ContainerStateTerminated;
import io.fabric8.kubernetes.api.model.Pod;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * The last observed state of a Pod of a build.
 *
 * @param run UID of the build and generation
 * @param task task of the run
 * @param attempt number of the attempt, counted from 1
 * @param created creation time, in whole seconds
 * @param node node of the Pod; empty until the Pod is scheduled
 * @param isRunning whether the Pod is running and not deleted
 * @param isDeleted whether the Pod was deleted, even if it still exists
 * @param isInterrupted whether the Pod was deleted before its container terminated
 * @param result result of the container; empty if no termination was observed
 */
record ObservedPod(
    String uid,
    String namespace,
    String name,
    String run,
    String task,
    int attempt,
    Instant created,
    Optional<String> node,
    boolean isRunning,
    boolean isDeleted,
    boolean isInterrupted,
    Optional<Result> result) {

  /** The containers of a stage and of a worker Pod whose end is that of the Pod's work. */
  private static final Set<String> RESULTS = Set.of("main", "publish");

  /** The result of a container. */
  enum Result {
    /** The container exited with code 0. */
    SUCCESS,
    /** The termination message reports an error in the build; a retry does not help. */
    PERMANENT_FAILURE,
    /** The container failed for another reason. */
    RETRYABLE_FAILURE
  }

  static ObservedPod of(Pod pod) {
    var metadata = pod.getMetadata();
    var labels = metadata.getLabels();
    var isDeleted = metadata.getDeletionTimestamp() != null;
    return new ObservedPod(
        metadata.getUid(),
        metadata.getNamespace(),
        metadata.getName(),
        labels.get("stagewright.dev/build-uid") + "/" + labels.get("stagewright.dev/run"),
        labels.get("stagewright.dev/part"),
        Integer.parseInt(labels.get("stagewright.dev/attempt")),
        Instant.parse(metadata.getCreationTimestamp()),
        Optional.ofNullable(pod.getSpec().getNodeName()),
        !isDeleted && "Running".equals(pod.getStatus().getPhase()),
        isDeleted,
        isDeleted,
        terminated(pod).map(ObservedPod::result));
  }

  private static Optional<ContainerStateTerminated> terminated(Pod pod) {
    return pod.getStatus().getContainerStatuses().stream()
        .filter(container -> RESULTS.contains(container.getName()))
        .flatMap(container -> Stream.ofNullable(container.getState().getTerminated()))
        .findFirst();
  }

  private static Result result(ContainerStateTerminated terminated) {
    if (terminated.getExitCode() == 0) {
      return Result.SUCCESS;
    }
    return isPermanent(terminated.getMessage() == null ? "" : terminated.getMessage())
        ? Result.PERMANENT_FAILURE
        : Result.RETRYABLE_FAILURE;
  }

  private static boolean isPermanent(String message) {
    try {
      return Json.read(message, Termination.class) instanceof Termination.Failed failed
          && failed.failure().reason().fault() == Fault.USER;
    } catch (Json.MalformedJsonException | IllegalArgumentException e) {
      return false;
    }
  }

  boolean isOn(String name) {
    return node.equals(Optional.of(name));
  }

  /** This state, with what was observed before. */
  ObservedPod mergedWith(ObservedPod previous) {
    return new ObservedPod(
        uid,
        namespace,
        name,
        run,
        task,
        attempt,
        created,
        node,
        isRunning,
        isDeleted,
        previous.isInterrupted || isDeleted && previous.result.isEmpty(),
        result);
  }

  /** This state, after the deletion of the Pod. */
  ObservedPod deleted() {
    return new ObservedPod(
        uid,
        namespace,
        name,
        run,
        task,
        attempt,
        created,
        node,
        false,
        true,
        isInterrupted,
        result);
  }

  /** A description of the state for the log. */
  String describe() {
    return "%s on %s, %s, %s"
        .formatted(
            uid,
            node.orElse("no node"),
            isDeleted ? "deleted" : isRunning ? "running" : "not running",
            result.map(Result::toString).orElse("no result"));
  }

  @Override
  public String toString() {
    return namespace + "/" + name;
  }
}
