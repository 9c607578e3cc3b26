package dev.stagewright.worker.plan;

import dev.stagewright.protocol.RunMount;
import dev.stagewright.protocol.StageBase;
import dev.stagewright.protocol.StagePlan;
import dev.stagewright.protocol.StagePlan.HistoryEntry;
import dev.stagewright.protocol.StagePlan.SharedStage;
import dev.stagewright.protocol.Step;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Lets a stage run in the Pod of the one that is built on it, where a Pod of its own would gain
 * nothing: it could not run beside the other, and its layers would cross the workspace for that one
 * alone. Steps, layers and history stay what they are.
 *
 * @param target id of the stage that is the image
 * @param requests say which stages want Pods that differ
 */
record PodSharing(String target, StageSettings requests) {
  private static final int NO_LAYER = -1;

  /** The same stages, those without a Pod of their own inside the ones that they share it with. */
  List<StagePlan> share(List<StagePlan> stages) {
    var pods = new LinkedHashMap<String, StagePlan>();
    for (var stage : stages) {
      var parent =
          stage.base() instanceof StageBase.Stage(var id)
              ? Optional.ofNullable(pods.get(id))
              : Optional.<StagePlan>empty();
      var shared = parent.filter(one -> isUsedOnce(one, stages) && suits(one, stage));
      shared.ifPresent(one -> pods.remove(one.id()));
      pods.put(stage.id(), shared.map(one -> joined(one, stage)).orElse(stage));
    }
    return List.copyOf(pods.values());
  }

  private boolean isUsedOnce(StagePlan parent, List<StagePlan> stages) {
    var children =
        stages.stream()
            .filter(stage -> stage.base().equals(new StageBase.Stage(parent.id())))
            .count();
    return children == 1 && parent.exports().isEmpty() && !parent.id().equals(target);
  }

  /**
   * In place all instructions of a Pod can read the secrets of all; and a Pod has privileges, or
   * rights over its network, for all of them.
   */
  private boolean suits(StagePlan parent, StagePlan child) {
    return requests.terms(parent).equals(requests.terms(child))
        && confidential(parent).equals(confidential(child))
        && parent.needsPrivileges() == child.needsPrivileges()
        && parent.needsOwnNetwork() == child.needsOwnNetwork();
  }

  private static Set<String> confidential(StagePlan stage) {
    return stage.mounts().stream()
        .flatMap(mount ->
            switch (mount) {
              case RunMount.Secret secret -> Stream.of("secret " + secret.id());
              case RunMount.Ssh ssh -> Stream.of("ssh " + ssh.id());
              case RunMount.Bind _, RunMount.Cache _, RunMount.Tmpfs _ -> Stream.<String>of();
            })
        .collect(Collectors.toSet());
  }

  private static StagePlan joined(StagePlan parent, StagePlan child) {
    var last = parent.members().getLast();
    return StagePlan.builder(child.id(), child.name(), child.position())
        .base(parent.base())
        .steps(concat(parent.steps(), child.steps()))
        .exports(child.exports())
        .snapshot(child.snapshot())
        .history(concat(parent.history(), after(parent.steps(), child.history())))
        .shared(
            concat(
                parent.shared(),
                List.of(new SharedStage(last.id(), last.name(), last.position(), last.steps()))))
        .build();
  }

  private static List<HistoryEntry> after(List<Step> steps, List<HistoryEntry> history) {
    return history.stream()
        .map(entry ->
            new HistoryEntry(
                entry.createdBy(),
                entry.step() == NO_LAYER ? NO_LAYER : entry.step() + steps.size()))
        .toList();
  }

  private static <T> List<T> concat(List<T> first, List<T> second) {
    var all = new ArrayList<T>(first);
    all.addAll(second);
    return List.copyOf(all);
  }
}
