package dev.stagewright.e2e;

import io.fabric8.kubernetes.api.model.ContainerState;
import io.fabric8.kubernetes.api.model.Pod;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * What became of the container of a Pod.
 *
 * @param reason of its state, for example {@code StartError}
 * @param exitCode of its process; -1 if the container was not created
 * @param text the message of its state, or the log
 */
public record PodOutcome(String reason, int exitCode, String text) {
  private static final Set<String> NOT_CREATED =
      Set.of("CreateContainerError", "CreateContainerConfigError");

  private static final Set<String> NOT_STARTED =
      Set.of(
          "StartError", "ContainerCannotRun", "CreateContainerError", "CreateContainerConfigError");

  /** As shells and dynamic linkers end if they do not find a program or a library. */
  private static final Set<Integer> NOT_FOUND = Set.of(126, 127);

  /** Whether the process of the container ended without an error. */
  boolean hasRun() {
    return exitCode == 0;
  }

  /** Whether the program of the image has started, whatever became of it. */
  public boolean hasStarted() {
    return !NOT_STARTED.contains(reason) && !NOT_FOUND.contains(exitCode);
  }

  /** Whether a Pod that is not restarted will not change any more. */
  static boolean isSettled(@Nullable Pod pod) {
    return pod != null
        && !pod.getStatus().getContainerStatuses().isEmpty()
        && isSettled(state(pod));
  }

  private static boolean isSettled(ContainerState state) {
    return state.getTerminated() != null
        || (state.getWaiting() != null && NOT_CREATED.contains(state.getWaiting().getReason()));
  }

  private static ContainerState state(Pod pod) {
    return pod.getStatus().getContainerStatuses().getFirst().getState();
  }

  static PodOutcome of(Pod pod, Supplier<String> log) {
    var state = state(pod);
    if (state.getTerminated() == null) {
      var waiting = state.getWaiting();
      return new PodOutcome(waiting.getReason(), -1, waiting.getMessage());
    }
    var ended = state.getTerminated();
    var message = ended.getMessage();
    return new PodOutcome(
        ended.getReason(), ended.getExitCode(), message == null ? log.get() : message);
  }
}
