package dev.stagewright.controller.status;

import dev.stagewright.api.v1alpha1.KubernetesDuration;
import dev.stagewright.api.v1alpha1.StageCacheStatus;
import dev.stagewright.api.v1alpha1.StageStatus;
import dev.stagewright.api.v1alpha1.StageStatus.Cached;
import dev.stagewright.controller.observe.Observation;
import dev.stagewright.controller.run.CacheUse;
import dev.stagewright.protocol.PrintableText;
import dev.stagewright.protocol.StageCache;
import dev.stagewright.protocol.StagePlan;
import dev.stagewright.protocol.StagePlan.Member;
import dev.stagewright.protocol.StepMarker;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Adds what publish has found in the cache to the statuses of the stages that run in one Pod. Its
 * report covers all steps of the Pod, and each status only those of its stage.
 *
 * @param stage the last of these stages, which owns the Pod
 */
record CachedStages(Observation observed, StagePlan stage) {
  private static final int MAX_MESSAGE_BYTES = 1024;

  /**
   * The statuses with what was found, or with what the last status recorded.
   *
   * @param statuses one for each stage that runs in the Pod, in order
   */
  List<StageStatus> addTo(List<StageStatus> statuses) {
    if (observed.cacheUse() == CacheUse.NONE) {
      return statuses;
    }
    var report = observed.stageCache(stage.id());
    var members = stage.members();
    var added = new ArrayList<StageStatus>();
    for (var i = 0; i < members.size(); i++) {
      var status = statuses.get(i);
      var member = members.get(i);
      added.add(report.map(cache -> with(cache, status, member)).orElseGet(() -> recorded(status)));
    }
    return List.copyOf(added);
  }

  private StageStatus recorded(StageStatus status) {
    return observed.previous().stream()
        .flatMap(previous -> previous.stages().stream())
        .filter(previous -> previous.id().equals(status.id()))
        .findFirst()
        .map(previous ->
            status.toBuilder().cached(previous.cached()).cache(previous.cache()).build())
        .orElse(status);
  }

  private StageStatus with(StageCache cache, StageStatus status, Member member) {
    var isOwner = member.id().equals(stage.id());
    var known =
        cache.complete()
            ? member.steps()
            : Math.clamp(cache.cached() - (long) member.firstStep(), 0, member.steps());
    var isAll = cache.complete() || (!isOwner && cache.cached() > 0 && known == member.steps());
    // If only the files are missing that other stages copy, the owner of the Pod runs for them.
    var isMissed =
        !cache.complete()
            && cache.cached() >= member.firstStep()
            && (isOwner || cache.cached() < member.firstStep() + member.steps());
    return status.toBuilder()
        .cached(isAll ? Cached.All : known == 0 ? Cached.None : Cached.Partial)
        .cache(
            new StageCacheStatus(
                known,
                member.steps(),
                isMissed ? startStep(member, known).orElse(null) : null,
                isMissed ? missed(cache).orElse(null) : null,
                isOwner ? duration(cache.savedMillis()) : duration(0),
                isOwner ? cache.savedBytes() : 0))
        .build();
  }

  /** FROM is the first step in the log and the status. */
  private Optional<String> startStep(Member member, int known) {
    if (known == member.steps()) {
      return Optional.empty();
    }
    var instruction = stage.steps().get(member.firstStep() + known).position().instruction();
    return Optional.of(
        new StepMarker(member.name(), known + 2, member.steps() + 1, instruction).step());
  }

  private static Optional<String> missed(StageCache cache) {
    return cache.missed().map(why -> PrintableText.message(why, MAX_MESSAGE_BYTES));
  }

  private static String duration(long millis) {
    return KubernetesDuration.format(Duration.ofMillis(millis));
  }
}
