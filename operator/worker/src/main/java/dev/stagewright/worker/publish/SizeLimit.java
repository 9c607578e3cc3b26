package dev.stagewright.worker.publish;

import dev.stagewright.protocol.Failure;
import dev.stagewright.protocol.FailureReason;
import dev.stagewright.worker.ByteCount;
import java.util.Comparator;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * The largest size that an image may have.
 *
 * @param bytes config and compressed layers; empty for any size
 */
record SizeLimit(Optional<Long> bytes) {
  private static final int SHOWN = 3;

  /** Why an image is too large; empty if it is not. */
  Optional<Failure> failure(AssembledImage image) {
    return bytes
        .filter(limit -> image.size() > limit)
        .map(limit ->
            Failure.of(
                FailureReason.ChecksFailed,
                "spec.checks.maxSize holds the tags back: the image has %s, and %s (%d bytes) are allowed; largest layers: %s"
                    .formatted(
                        size(image.size()), new ByteCount(limit), limit, largestLayers(image))));
  }

  private static String size(long bytes) {
    return new ByteCount(bytes) + " (" + bytes + " bytes)";
  }

  private static String largestLayers(AssembledImage image) {
    return image.layers().stream()
        .sorted(Comparator.<LayerSource>comparingLong(layer -> layer.blob().size()).reversed())
        .limit(SHOWN)
        .map(LayerSource::description)
        .collect(Collectors.joining(", "));
  }
}
