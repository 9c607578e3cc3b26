package dev.stagewright.kubectl.logs;

import dev.stagewright.api.v1alpha1.ImageBuildStatus;
import dev.stagewright.api.v1alpha1.StageStatus;
import dev.stagewright.kubectl.cluster.TaskContainer;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The names of the tasks of a run, and their order: prepare, the stages in the order of the
 * Dockerfile, publish.
 *
 * @param stages stages of the status; empty until the plan exists
 */
record TaskNames(List<StageStatus> stages) {
  static final String PREPARE = "prepare";
  static final String PUBLISH = "publish";

  static TaskNames of(Optional<ImageBuildStatus> status) {
    return new TaskNames(status.map(ImageBuildStatus::stages).orElse(List.of()));
  }

  /** All names, in order. */
  List<String> all() {
    return Stream.of(Stream.of(PREPARE), stages.stream().map(StageStatus::name), Stream.of(PUBLISH))
        .flatMap(names -> names)
        .toList();
  }

  /** Whether the name of the task is known. */
  boolean isKnown(String task) {
    return task.equals(PREPARE) || task.equals(PUBLISH) || stage(task).isPresent();
  }

  /** The name that users see for the task. */
  String name(String task) {
    return stage(task).map(StageStatus::name).orElse(task);
  }

  private Optional<StageStatus> stage(String task) {
    return stages.stream().filter(stage -> stage.id().equals(task)).findFirst();
  }

  /** The name of the task, and the names of all stages that run in its container. */
  Set<String> namesInContainer(String task) {
    var name = name(task);
    return Stream.concat(
            Stream.of(name),
            stages.stream()
                .filter(stage ->
                    task.equals(PUBLISH)
                        ? stage.runsIn() == StageStatus.RunsIn.Worker
                        : name.equals(stage.sharesPodOf()))
                .map(StageStatus::name))
        .collect(Collectors.toCollection(LinkedHashSet::new));
  }

  /** The Pods in the order in which their logs are printed. */
  List<TaskContainer> sorted(List<TaskContainer> pods) {
    var order = new ArrayList<String>();
    order.add(PREPARE);
    stages.forEach(stage -> order.add(stage.id()));
    var sorted = new ArrayList<>(pods);
    sorted.sort(
        Comparator.comparingInt((TaskContainer pod) -> rank(order, pod.task()))
            .thenComparingInt(TaskContainer::attempt));
    return sorted;
  }

  private static int rank(List<String> order, String task) {
    var index = order.indexOf(task);
    return index >= 0 ? index : order.size() + (task.equals(PUBLISH) ? 1 : 0);
  }
}
