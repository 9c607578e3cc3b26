package dev.stagewright.kubectl.logs;

import dev.stagewright.api.v1alpha1.BuildCondition;
import dev.stagewright.api.v1alpha1.BuildCondition.ConditionType;
import dev.stagewright.api.v1alpha1.BuildPhase;
import dev.stagewright.api.v1alpha1.ImageBuildStatus;
import dev.stagewright.api.v1alpha1.StageStatus;
import dev.stagewright.api.v1alpha1.StageStatus.StagePhase;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Reports each reason for which a build or one of its tasks waits once. */
public final class WaitReporter {
  private final Set<String> reported = new HashSet<>();

  /**
   * A reason for which a build waits.
   *
   * @param task name of the task that waits; empty if the build waits
   * @param reason the reason of the condition or stage
   * @param text the reason in a sentence
   */
  public record WaitNotice(Optional<String> task, String reason, String text) {}

  /** Returns the reasons that were not reported before. */
  public List<WaitNotice> newNotices(Optional<ImageBuildStatus> status) {
    var notices = new ArrayList<WaitNotice>();
    if (status.isEmpty()) {
      add(notices, Optional.empty(), "NoStatus", "waiting for an operator to start the build");
      return notices;
    }
    var phase = Optional.ofNullable(status.get().phase()).orElse(BuildPhase.Pending);
    readyCondition(status.get())
        .ifPresent(ready -> {
          switch (phase) {
            case Pending -> add(notices, Optional.empty(), ready.reason(), ready.message());
            case Queued ->
                add(notices, Optional.empty(), ready.message(), "queued: " + ready.message());
            case Preparing, Pushing -> {
              if (!BuildPhase.isPhase(ready.reason())) {
                var task = phase == BuildPhase.Pushing ? TaskNames.PUBLISH : TaskNames.PREPARE;
                add(notices, Optional.of(task), ready.reason(), ready.message());
              }
            }
            case Building, Succeeded, Failed, Cancelled -> {}
          }
        });
    status.get().stages().forEach(stage -> addPendingStage(stage, notices));
    return notices;
  }

  private void addPendingStage(StageStatus stage, List<WaitNotice> notices) {
    if (stage.phase() == StagePhase.Pending && stage.reason() != null) {
      var message = stage.message();
      var text =
          message == null || message.isEmpty()
              ? "pending: " + stage.reason()
              : "pending: " + stage.reason() + ": " + message;
      add(notices, Optional.of(stage.name()), stage.reason(), text);
    }
  }

  private void add(List<WaitNotice> notices, Optional<String> task, String reason, String text) {
    if (reported.add(task.orElse("") + "\n" + reason)) {
      notices.add(new WaitNotice(task, reason, text));
    }
  }

  private static Optional<BuildCondition> readyCondition(ImageBuildStatus status) {
    return status.conditions().stream()
        .filter(condition -> condition.type() == ConditionType.Ready)
        .findFirst();
  }
}
