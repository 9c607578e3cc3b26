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

/** Tells what keeps a build, and each thing once. */
final class Hitches {
  private final Set<String> told = new HashSet<>();

  /**
   * Something that keeps a build.
   *
   * @param part the part that it keeps; empty where it is the build
   * @param text in a sentence
   */
  record Hitch(Optional<String> part, String text) {}

  /** What has not been told yet. */
  List<Hitch> news(Optional<ImageBuildStatus> status) {
    var news = new ArrayList<Hitch>();
    if (status.isEmpty()) {
      add(news, Optional.empty(), "Unseen", "waits for an operator to see it");
      return news;
    }
    var phase = Optional.ofNullable(status.get().phase()).orElse(BuildPhase.Pending);
    ready(status.get())
        .ifPresent(ready -> {
          switch (phase) {
            case Pending -> add(news, Optional.empty(), ready.reason(), ready.message());
            case Queued ->
                add(news, Optional.empty(), ready.message(), "queued: " + ready.message());
            case Preparing, Pushing -> {
              if (!ready.reason().equals(phase.name())) {
                var part = phase == BuildPhase.Pushing ? StageNames.PUSH : StageNames.PREPARE;
                add(news, Optional.of(part), ready.reason(), ready.message());
              }
            }
            case Building, Succeeded, Failed, Cancelled -> {}
          }
        });
    status.get().stages().forEach(stage -> stage(stage, news));
    return news;
  }

  private void stage(StageStatus stage, List<Hitch> news) {
    if (stage.phase() == StagePhase.Pending && stage.reason() != null) {
      var message = stage.message();
      var text =
          message == null || message.isEmpty()
              ? "waits: " + stage.reason()
              : "waits: " + stage.reason() + ": " + message;
      add(news, Optional.of(stage.name()), stage.reason(), text);
    }
  }

  private void add(List<Hitch> news, Optional<String> part, String reason, String text) {
    if (told.add(part.orElse("") + "\n" + reason)) {
      news.add(new Hitch(part, text));
    }
  }

  private static Optional<BuildCondition> ready(ImageBuildStatus status) {
    return status.conditions().stream()
        .filter(condition -> condition.type() == ConditionType.Ready)
        .findFirst();
  }
}
