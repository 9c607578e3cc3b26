package dev.stagewright.controller.decide;

import dev.stagewright.controller.observe.PodFacts;
import dev.stagewright.controller.run.Task;
import dev.stagewright.protocol.Failure;
import dev.stagewright.protocol.FailureReason;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * A Pod that its kubelet has evicted because it used more of the node's disk than it may. Another
 * Pod would do the same; one that was evicted because its node was short of something would not.
 */
record StorageEviction(Task task, String stage, PodFacts pod) {
  private static final Pattern OF_POD =
      Pattern.compile(
          "ephemeral local storage usage exceeds the total limit of containers (\\S+?)\\.?(\\s|$)");
  private static final Pattern OF_CONTAINER =
      Pattern.compile(
          "Container (\\S+) exceeded its local ephemeral storage limit \"?([^\"\\s]+?)\"?\\.?(\\s|$)");
  private static final Pattern OF_VOLUME =
      Pattern.compile(
          "Usage of EmptyDir volume \"?([^\"\\s]+)\"? exceeds the limit \"?([^\"\\s]+?)\"?\\.?(\\s|$)");

  /** Why it was evicted; empty where it was for another reason. */
  Optional<Failure> exceeded(String message) {
    var ofPod = OF_POD.matcher(message);
    if (ofPod.find()) {
      return Optional.of(
          failure(
              "its containers together used more ephemeral storage than their limit, "
                  + ofPod.group(1),
              resources()));
    }
    var ofContainer = OF_CONTAINER.matcher(message);
    if (ofContainer.find()) {
      return Optional.of(
          failure(
              "its container %s used more ephemeral storage than its limit, %s"
                  .formatted(ofContainer.group(1), ofContainer.group(2)),
              ofContainer.group(1).equals("main")
                  ? resources()
                  : "the container is not Stagewright's: have whoever adds it raise its limit"));
    }
    var ofVolume = OF_VOLUME.matcher(message);
    return ofVolume.find()
        ? Optional.of(
            failure(
                "its emptyDir volume %s holds more than its limit, %s"
                    .formatted(ofVolume.group(1), ofVolume.group(2)),
                "raise sizeLimit of the volume in the podTemplate, or write less"))
        : Optional.empty();
  }

  private Failure failure(String what, String cure) {
    return Failure.of(
        FailureReason.StorageLimitExceeded,
        "the Pod %s was evicted: %s; %s".formatted(pod.name(), what, cure));
  }

  private String resources() {
    var field =
        task instanceof Task.Stage
            ? "spec.stages[" + stage + "].resources.limits"
            : "spec.podTemplate.spec.containers[main].resources.limits";
    return "set a higher ephemeral-storage in "
        + field
        + " (where the spec has none, the limit is the default of a LimitRange), or write less";
  }
}
