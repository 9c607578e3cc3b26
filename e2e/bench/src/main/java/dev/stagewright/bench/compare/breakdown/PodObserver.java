package dev.stagewright.bench.compare.breakdown;

import io.fabric8.kubernetes.api.model.ContainerStatus;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.client.informers.ResourceEventHandler;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;

/** Notes when the states of Pods change, as a client of the API server sees them. */
public final class PodObserver implements ResourceEventHandler<Pod> {
  private static final String BUILD_UID = "stagewright.dev/build-uid";
  private static final String PREFIX_IMAGE = "stagewright.dev/prefix-image";

  private final Map<String, ObservedPod> pods = new ConcurrentHashMap<>();

  /**
   * A Pod as it was last seen.
   *
   * @param deleted whether it does not exist any more
   * @param observed times of its changes
   */
  record ObservedPod(Pod pod, boolean deleted, Observed observed) {
    String name() {
      return pod.getMetadata().getName();
    }

    Optional<String> label(String name) {
      return Optional.ofNullable(pod.getMetadata().getLabels()).map(labels -> labels.get(name));
    }

    List<String> containers() {
      return statuses(pod).map(ContainerStatus::getName).toList();
    }

    /** The IDs of the containers at the container runtime, by name. */
    Map<String, String> containerIds() {
      var ids = new TreeMap<String, String>();
      statuses(pod)
          .filter(status -> status.getContainerID() != null)
          .forEach(
              status -> ids.put(status.getName(), status.getContainerID().replaceFirst(".*/", "")));
      return ids;
    }

    boolean hasEnded() {
      var phase = pod.getStatus().getPhase();
      return deleted || "Succeeded".equals(phase) || "Failed".equals(phase);
    }
  }

  @Override
  public void onAdd(Pod pod) {
    see(pod, false);
  }

  @Override
  public void onUpdate(Pod before, Pod pod) {
    see(pod, false);
  }

  @Override
  public void onDelete(Pod pod, boolean isStateUnknown) {
    see(pod, true);
  }

  /** The Pods of a build, also those that were deleted. */
  List<ObservedPod> of(String buildUid) {
    return pods.values().stream()
        .filter(pod -> pod.label(BUILD_UID).filter(buildUid::equals).isPresent())
        .toList();
  }

  /** The number of Pods that were created for a build. */
  public int count(String buildUid) {
    return of(buildUid).size();
  }

  /** Whether all Pods of a build have ended. */
  public boolean haveEnded(String buildUid) {
    return of(buildUid).stream().allMatch(ObservedPod::hasEnded);
  }

  /** Whether a Pod of a build started from an image with the known steps of its stage. */
  public boolean usePrefixImages(String buildUid) {
    return of(buildUid).stream()
        .anyMatch(pod -> pod.label(PREFIX_IMAGE).filter("true"::equals).isPresent());
  }

  private void see(Pod pod, boolean deleted) {
    var observed =
        pods.compute(
                pod.getMetadata().getUid(),
                (_, known) ->
                    new ObservedPod(
                        pod, deleted, known == null ? new Observed() : known.observed()))
            .observed();
    observed.see("Pod created");
    if (pod.getSpec().getNodeName() != null) {
      observed.see("scheduled");
    }
    statuses(pod)
        .forEach(status -> {
          var state = status.getState();
          if (state != null && (state.getRunning() != null || state.getTerminated() != null)) {
            observed.see(status.getName() + ": running in status");
          }
          if (state != null && state.getTerminated() != null) {
            observed.see(status.getName() + ": ended in status");
          }
        });
  }

  private static Stream<ContainerStatus> statuses(Pod pod) {
    var status = pod.getStatus();
    return status == null
        ? Stream.empty()
        : Stream.concat(
            status.getInitContainerStatuses().stream(), status.getContainerStatuses().stream());
  }
}
