package dev.stagewright.worker.publish;

import dev.stagewright.cache.record.ImageRecord;
import dev.stagewright.protocol.BuildRequest;
import dev.stagewright.protocol.StageResult;
import dev.stagewright.worker.SourceDateEpoch;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;

/**
 * The creation time of an image and its layers.
 *
 * @param time time of what has no time of its own
 * @param fixed whether everything has this time, for reproducible images
 */
record CreationTime(Instant time, boolean fixed) {

  /**
   * Returns the time of a build: {@link SourceDateEpoch}, else the time of the same image of an
   * earlier build, else now.
   *
   * @param known record of the image; empty if it is not known
   * @throws dev.stagewright.protocol.BuildFailedException if the build argument is malformed
   */
  static CreationTime of(BuildRequest request, Instant now, Optional<ImageRecord> known) {
    var second = now.truncatedTo(ChronoUnit.SECONDS);
    return SourceDateEpoch.of(request)
        .filter(second::isAfter)
        .map(epoch -> new CreationTime(epoch, true))
        .orElseGet(() ->
            new CreationTime(
                known.map(image -> Instant.ofEpochSecond(image.created())).orElse(second), false));
  }

  /** The time of a layer: when its step ran, if it is known. */
  Instant of(StageResult.Layer layer) {
    return fixed ? time : layer.created().map(Instant::ofEpochSecond).orElse(time);
  }
}
