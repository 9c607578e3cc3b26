package dev.stagewright.controller.log;

import dev.stagewright.api.v1alpha1.ImageBuild;
import dev.stagewright.api.v1alpha1.ImageBuildStatus;
import dev.stagewright.api.v1alpha1.StageStatus;
import dev.stagewright.api.v1alpha1.StageStatus.StagePhase;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Logs what has changed between two statuses of a build: its phase, and stages that started or
 * ended.
 */
public final class StatusLog {
  private static final Logger LOG = LoggerFactory.getLogger(StatusLog.class);

  private StatusLog() {}

  /** Logs the changes of a status that was written. */
  public static void log(ImageBuild build, ImageBuildStatus after) {
    var before =
        Optional.ofNullable(build.getStatus())
            .filter(status -> status.runNumber() == after.runNumber());
    var metadata = build.getMetadata();
    var name = metadata.getNamespace() + "/" + metadata.getName() + " run " + after.runNumber();
    for (var stage : after.stages()) {
      if (isWorthALine(stage.phase()) && !stage.phase().equals(phase(before, stage.id()))) {
        LOG.atInfo()
            .addKeyValue(LogFields.RUN, after.runNumber())
            .addKeyValue(LogFields.STAGE, stage.id())
            .log(
                "{}: stage {} ({}): {}{}",
                name,
                stage.id(),
                stage.name(),
                stage.phase(),
                why(stage));
      }
    }
    if (before.isEmpty() || after.phase() != before.get().phase()) {
      LOG.atInfo()
          .addKeyValue(LogFields.RUN, after.runNumber())
          .log("{}: {}{}", name, after.phase(), why(after));
    }
  }

  private static boolean isWorthALine(StagePhase phase) {
    return phase == StagePhase.Running
        || phase == StagePhase.Succeeded
        || phase == StagePhase.Failed;
  }

  private static Object phase(Optional<ImageBuildStatus> status, String stage) {
    return status.map(ImageBuildStatus::stages).stream()
        .flatMap(List::stream)
        .filter(it -> it.id().equals(stage))
        .map(StageStatus::phase)
        .findFirst()
        .orElse(StagePhase.Waiting);
  }

  private static String why(StageStatus stage) {
    return stage.phase() == StagePhase.Failed && stage.reason() != null
        ? ", " + stage.reason()
        : "";
  }

  private static String why(ImageBuildStatus status) {
    return status.failure() == null ? "" : ", " + status.failure().reason();
  }
}
