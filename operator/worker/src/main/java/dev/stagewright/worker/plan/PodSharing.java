package dev.stagewright.worker.plan;

import dev.stagewright.protocol.RunMount;
import dev.stagewright.protocol.StageBase;
import dev.stagewright.protocol.StagePlan;
import dev.stagewright.protocol.StagePlan.HistoryEntry;
import dev.stagewright.protocol.StagePlan.SharedStage;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Merges a stage into the Pod of the stage that is built on it, if a Pod of its own has no
 * advantage: the two stages cannot run at the same time, and no other stage needs the layers of the
 * first. Steps, layers and history do not change.
 *
 * @param target id of the stage that becomes the image
 * @param terms requirements of stages on their Pods, by stage id
 */
record PodSharing(String target, Map<String, String> terms) {
  private static final int NO_LAYER = -1;

  /** Merges stages; a stage without a Pod of its own becomes part of the stage that has the Pod. */
  List<StagePlan> share(List<StagePlan> stages) {
    var pods = new LinkedHashMap<String, StagePlan>();
    for (var stage : stages) {
      var parent =
          stage.base() instanceof StageBase.Stage(var id)
              ? Optional.ofNullable(pods.get(id))
              : Optional.<StagePlan>empty();
      var shared = parent.filter(one -> isUsedOnce(one, stages) && isCompatible(one, stage));
      shared.ifPresent(one -> pods.remove(one.id()));
      pods.put(stage.id(), shared.map(one -> merged(one, stage)).orElse(stage));
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
   * In the sandbox {@code inPlace} all instructions of a Pod can read all secrets of the Pod.
   * Privileges and network rights also apply to the whole Pod.
   */
  private boolean isCompatible(StagePlan parent, StagePlan child) {
    return terms(parent).equals(terms(child))
        && confidential(parent).equals(confidential(child))
        && parent.needsPrivileges() == child.needsPrivileges()
        && parent.needsOwnNetwork() == child.needsOwnNetwork();
  }

  private String terms(StagePlan stage) {
    return terms.getOrDefault(stage.id(), "");
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

  private static StagePlan merged(StagePlan parent, StagePlan child) {
    var last = parent.members().getLast();
    return StagePlan.builder(child.id(), child.name(), child.position())
        .base(parent.base())
        .steps(concat(parent.steps(), child.steps()))
        .exports(child.exports())
        .snapshot(child.snapshot())
        .history(concat(parent.history(), shifted(child.history(), parent.steps().size())))
        .shared(
            concat(
                parent.shared(),
                List.of(new SharedStage(last.id(), last.name(), last.position(), last.steps()))))
        .build();
  }

  private static List<HistoryEntry> shifted(List<HistoryEntry> history, int steps) {
    return history.stream()
        .map(entry ->
            new HistoryEntry(
                entry.createdBy(),
                entry.step() == NO_LAYER ? NO_LAYER : entry.step() + steps,
                entry.line()))
        .toList();
  }

  private static <T> List<T> concat(List<T> first, List<T> second) {
    var all = new ArrayList<T>(first);
    all.addAll(second);
    return List.copyOf(all);
  }
}
