package dev.stagewright.bench.soak;

import dev.stagewright.bench.soak.SeenPod.End;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Finds work that was done twice. Each part of a run gets one Pod, and another only where something
 * has become of the one before: it was harmed, it failed by no fault of the build's author, or it
 * made way for a Pod of its run that was.
 *
 * @param harmed uids of Pods that were
 */
record RepetitionCheck(Collection<SeenPod> pods, Set<String> harmed) {

  List<Violation> violations() {
    return pods.stream().collect(Collectors.groupingBy(SeenPod::run)).values().stream()
        .flatMap(run -> ofRun(run).stream())
        .toList();
  }

  private List<Violation> ofRun(List<SeenPod> run) {
    return run.stream().collect(Collectors.groupingBy(SeenPod::part)).values().stream()
        .flatMap(part -> ofPart(part, run).stream())
        .toList();
  }

  private List<Violation> ofPart(List<SeenPod> part, List<SeenPod> run) {
    var violations = new ArrayList<Violation>();
    var results = part.stream().filter(pod -> isUnharmed(pod) && hasEnded(pod, End.WELL)).toList();
    if (results.size() > 1) {
      violations.add(Violation.duplicated("several Pods of a part came to an end: " + results));
    }
    // One that was gone before its attempt was counted has a namesake.
    var inOrder =
        part.stream()
            .sorted(Comparator.comparing(SeenPod::created).thenComparingInt(SeenPod::attempt))
            .toList();
    // The last is followed by none.
    for (var pod : inOrder.subList(0, inOrder.size() - 1)) {
      if (!mayBeFollowed(pod, run)) {
        violations.add(Violation.duplicated(pod + " was followed by another Pod for no reason"));
      }
    }
    return violations;
  }

  private boolean mayBeFollowed(SeenPod pod, List<SeenPod> run) {
    if (!isUnharmed(pod)) {
      return true;
    }
    return pod.isStopped()
        ? !hasEnded(pod, End.WELL) && !run.stream().allMatch(this::isUnharmed)
        : hasEnded(pod, End.BADLY);
  }

  private boolean isUnharmed(SeenPod pod) {
    return !harmed.contains(pod.uid());
  }

  private static boolean hasEnded(SeenPod pod, End end) {
    return pod.end().filter(end::equals).isPresent();
  }
}
