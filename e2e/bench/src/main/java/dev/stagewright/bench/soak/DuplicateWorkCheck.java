package dev.stagewright.bench.soak;

import dev.stagewright.bench.soak.ObservedPod.Result;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Finds work that was done twice. Each task of a run gets one Pod. It gets another Pod only if a
 * fault disrupted the previous one, if the previous one failed with a retryable failure, or if it
 * was preempted for a disrupted Pod of the same run.
 *
 * @param disrupted UIDs of the disrupted Pods
 */
record DuplicateWorkCheck(Collection<ObservedPod> pods, Set<String> disrupted) {

  List<Violation> violations() {
    return pods.stream().collect(Collectors.groupingBy(ObservedPod::run)).values().stream()
        .flatMap(run -> checkRun(run).stream())
        .toList();
  }

  private List<Violation> checkRun(List<ObservedPod> run) {
    return run.stream().collect(Collectors.groupingBy(ObservedPod::task)).values().stream()
        .flatMap(attempts -> checkTask(attempts, run).stream())
        .toList();
  }

  private List<Violation> checkTask(List<ObservedPod> attempts, List<ObservedPod> run) {
    var violations = new ArrayList<Violation>();
    var succeeded =
        attempts.stream()
            .filter(pod -> isUndisrupted(pod) && hasResult(pod, Result.SUCCESS))
            .toList();
    if (succeeded.size() > 1) {
      violations.add(Violation.duplicated("several Pods of a task succeeded: " + succeeded));
    }
    // A Pod that was deleted before its attempt was counted has a successor with the same name.
    var ordered =
        attempts.stream()
            .sorted(
                Comparator.comparing(ObservedPod::created).thenComparingInt(ObservedPod::attempt))
            .toList();
    // The last Pod has no successor.
    for (var pod : ordered.subList(0, ordered.size() - 1)) {
      if (!mayBeReplaced(pod, run)) {
        violations.add(Violation.duplicated(pod + " was replaced by another Pod for no reason"));
      }
    }
    return violations;
  }

  private boolean mayBeReplaced(ObservedPod pod, List<ObservedPod> run) {
    if (!isUndisrupted(pod)) {
      return true;
    }
    return pod.isInterrupted()
        ? !hasResult(pod, Result.SUCCESS) && !run.stream().allMatch(this::isUndisrupted)
        : hasResult(pod, Result.RETRYABLE_FAILURE);
  }

  private boolean isUndisrupted(ObservedPod pod) {
    return !disrupted.contains(pod.uid());
  }

  private static boolean hasResult(ObservedPod pod, Result result) {
    return pod.result().filter(result::equals).isPresent();
  }
}
