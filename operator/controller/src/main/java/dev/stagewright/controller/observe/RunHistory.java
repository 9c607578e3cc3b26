package dev.stagewright.controller.observe;

import dev.stagewright.api.v1alpha1.BuildPhase;
import dev.stagewright.api.v1alpha1.ImageBuild;
import dev.stagewright.api.v1alpha1.ImageBuildSpec;
import dev.stagewright.api.v1alpha1.ImageBuildStatus;
import dev.stagewright.api.v1alpha1.ImageBuildStatus.ImageStatus;
import dev.stagewright.api.v1alpha1.RunRecord;
import dev.stagewright.controller.run.BuildRun;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Creates the records of earlier runs for the next status of an ImageBuild. The status of an
 * earlier run becomes a record when it is replaced; a run that never started is not recorded.
 */
record RunHistory(ImageBuild build, BuildRun run, Instant now) {
  private static final String REPLACED = "Replaced";
  private static final String SUSPENDED = "Suspended";

  /** The records, the latest first. */
  List<RunRecord> records() {
    var written = Optional.ofNullable(build.getStatus());
    var replaced =
        written
            .filter(status -> status.runNumber() != run.number())
            .filter(status -> status.startTime() != null);
    return Stream.concat(
            replaced.map(this::record).stream(),
            written.stream().flatMap(status -> status.history().stream()))
        .limit(limit())
        .toList();
  }

  private int limit() {
    return Objects.requireNonNullElse(
        build.getSpec().historyLimit(), ImageBuildSpec.DEFAULT_HISTORY);
  }

  private RunRecord record(ImageBuildStatus status) {
    var phase = status.phase();
    if (phase == null || !status.hasEnded()) {
      return new RunRecord(
          status.observedGeneration(),
          BuildPhase.Cancelled,
          build.getSpec().suspend() ? SUSPENDED : REPLACED,
          status.startTime(),
          now.truncatedTo(ChronoUnit.SECONDS).toString(),
          null,
          status.runNumber(),
          status.trigger());
    }
    return new RunRecord(
        status.observedGeneration(),
        phase,
        reason(status),
        status.startTime(),
        status.completionTime(),
        status.image() == null ? null : pinned(status.image()),
        status.runNumber(),
        status.trigger());
  }

  private static @Nullable String reason(ImageBuildStatus status) {
    if (status.failure() != null) {
      return status.failure().reason();
    }
    return status.phase() == BuildPhase.Cancelled ? ImageBuildStatus.CANCELLED : null;
  }

  private static String pinned(ImageStatus image) {
    return Objects.requireNonNullElseGet(
        image.pinned(), () -> image.reference() + "@" + image.digest());
  }
}
