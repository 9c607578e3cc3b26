package dev.stagewright.kubectl.logs;

import dev.stagewright.api.v1alpha1.ImageBuildStatus;
import dev.stagewright.api.v1alpha1.StageStatus;
import dev.stagewright.kubectl.cluster.BuildPod;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What the parts of a run are called, and their order: prepare, the stages as the Dockerfile has
 * them, push.
 *
 * @param stages of the status; empty until the plan is known
 */
record StageNames(List<StageStatus> stages) {
  static final String PREPARE = "prepare";
  static final String PUSH = "push";

  static StageNames of(Optional<ImageBuildStatus> status) {
    return new StageNames(status.map(ImageBuildStatus::stages).orElse(List.of()));
  }

  /** All names, in order. */
  List<String> all() {
    return Stream.of(Stream.of(PREPARE), stages.stream().map(StageStatus::name), Stream.of(PUSH))
        .flatMap(names -> names)
        .toList();
  }

  /** Whether the part has a name yet. */
  boolean isKnown(String part) {
    return part.equals(PREPARE) || part.equals(PUSH) || stage(part).isPresent();
  }

  /** What users call the part. */
  String name(String part) {
    return stage(part).map(StageStatus::name).orElse(part);
  }

  private Optional<StageStatus> stage(String part) {
    return stages.stream().filter(stage -> stage.id().equals(part)).findFirst();
  }

  /** The names of the stages that the part's Pod runs. */
  Set<String> inPodOf(String part) {
    var own = name(part);
    return Stream.concat(
            Stream.of(own),
            stages.stream().filter(stage -> own.equals(stage.sharesPodOf())).map(StageStatus::name))
        .collect(Collectors.toCollection(LinkedHashSet::new));
  }

  /** The Pods in the order in which their logs are told. */
  List<BuildPod> sorted(List<BuildPod> pods) {
    var order = new ArrayList<String>();
    order.add(PREPARE);
    stages.forEach(stage -> order.add(stage.id()));
    var sorted = new ArrayList<>(pods);
    sorted.sort(
        Comparator.comparingInt((BuildPod pod) -> rank(order, pod.part()))
            .thenComparingInt(BuildPod::attempt));
    return sorted;
  }

  private static int rank(List<String> order, String part) {
    var index = order.indexOf(part);
    return index >= 0 ? index : order.size() + (part.equals(PUSH) ? 1 : 0);
  }
}
