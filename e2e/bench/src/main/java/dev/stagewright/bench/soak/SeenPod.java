package dev.stagewright.bench.soak;

import dev.stagewright.protocol.FailureReason.Fault;
import dev.stagewright.protocol.Json;
import dev.stagewright.protocol.Termination;
import io.fabric8.kubernetes.api.model.ContainerStateTerminated;
import io.fabric8.kubernetes.api.model.Pod;
import java.time.Instant;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A Pod of a build, as it was seen last.
 *
 * @param run the build's uid and generation
 * @param part of the run that the Pod does
 * @param attempt 1 for the first Pod of its part
 * @param created when, in seconds
 * @param node that it is on; empty while it has none
 * @param isRunning whether its container runs, and is to go on
 * @param isDeleted whether somebody deleted it, be it gone by now or not
 * @param isStopped whether it was deleted before it had ended
 * @param end how its container ended; empty where it has not been seen to
 */
record SeenPod(
    String uid,
    String namespace,
    String name,
    String run,
    String part,
    int attempt,
    Instant created,
    Optional<String> node,
    boolean isRunning,
    boolean isDeleted,
    boolean isStopped,
    Optional<End> end) {

  /** How a container ended. */
  enum End {
    /** With exit code 0. */
    WELL,
    /** By a fault of the build's author, as it says itself: no reason to try again. */
    FOR_GOOD,
    /** Otherwise. */
    BADLY
  }

  static SeenPod of(Pod pod) {
    var metadata = pod.getMetadata();
    var labels = metadata.getLabels();
    var stays = metadata.getDeletionTimestamp() == null;
    return new SeenPod(
        metadata.getUid(),
        metadata.getNamespace(),
        metadata.getName(),
        labels.get("stagewright.dev/build-uid") + "/" + labels.get("stagewright.dev/run"),
        labels.get("stagewright.dev/part"),
        Integer.parseInt(labels.get("stagewright.dev/attempt")),
        Instant.parse(metadata.getCreationTimestamp()),
        Optional.ofNullable(pod.getSpec().getNodeName()),
        stays && "Running".equals(pod.getStatus().getPhase()),
        !stays,
        !stays,
        terminated(pod).map(SeenPod::end));
  }

  private static Optional<ContainerStateTerminated> terminated(Pod pod) {
    return pod.getStatus().getContainerStatuses().stream()
        .filter(container -> container.getName().equals("main"))
        .flatMap(container -> Stream.ofNullable(container.getState().getTerminated()))
        .findFirst();
  }

  private static End end(ContainerStateTerminated terminated) {
    if (terminated.getExitCode() == 0) {
      return End.WELL;
    }
    return isForGood(terminated.getMessage() == null ? "" : terminated.getMessage())
        ? End.FOR_GOOD
        : End.BADLY;
  }

  private static boolean isForGood(String message) {
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

  /** The same, where it was seen before. */
  SeenPod after(SeenPod before) {
    return new SeenPod(
        uid,
        namespace,
        name,
        run,
        part,
        attempt,
        created,
        node,
        isRunning,
        isDeleted,
        before.isStopped || isDeleted && before.end.isEmpty(),
        end);
  }

  /** The same, there no more. */
  SeenPod gone() {
    return new SeenPod(
        uid, namespace, name, run, part, attempt, created, node, false, true, isStopped, end);
  }

  /** Its state, in words. */
  String describe() {
    return "%s on %s, %s, %s"
        .formatted(
            uid,
            node.orElse("no node"),
            isDeleted ? "is deleted" : isRunning ? "runs" : "is there",
            end.map(how -> "ended " + how).orElse("has not ended"));
  }

  @Override
  public String toString() {
    return namespace + "/" + name;
  }
}
