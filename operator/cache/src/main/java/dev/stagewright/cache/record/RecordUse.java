package dev.stagewright.cache.record;

import dev.stagewright.layers.oci.Manifest;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import java.util.TreeMap;

/**
 * When a record was used last, as an annotation of its manifest.
 *
 * <p>Another annotation contains the tag. Registries delete a manifest with all tags that point to
 * it, so two records must not have equal manifests.
 */
public final class RecordUse {
  /** The annotation with the tag. */
  static final String TAG = "dev.stagewright.cache.tag";

  /** The annotation with the time of the last use. */
  static final String LAST_USED = "dev.stagewright.cache.last-used";

  /** A use within this time after the recorded one is not recorded. */
  public static final Duration PRECISION = Duration.ofDays(1);

  private RecordUse() {}

  /** Returns the manifest of the record with this tag, which is used now. */
  public static Manifest marked(Manifest manifest, String tag, Instant now) {
    var annotations = new TreeMap<>(manifest.annotations());
    annotations.put(TAG, tag);
    annotations.put(LAST_USED, now.truncatedTo(ChronoUnit.SECONDS).toString());
    return manifest.withAnnotations(annotations);
  }

  /** Whether the time in a manifest is so old that a use now should be recorded. */
  public static boolean isOutdated(Manifest manifest, Instant now) {
    return lastUsed(manifest)
        .filter(time -> Duration.between(time, now).compareTo(PRECISION) <= 0)
        .isEmpty();
  }

  /** The time of the last use; empty if the manifest has none. */
  static Optional<Instant> lastUsed(Manifest manifest) {
    try {
      return Optional.ofNullable(manifest.annotations().get(LAST_USED)).map(Instant::parse);
    } catch (DateTimeException _) {
      return Optional.empty();
    }
  }

  /** Whether no other tag than this one points to the manifest. */
  public static boolean isOnlyOf(Manifest manifest, String tag) {
    return tag.equals(manifest.annotations().get(TAG));
  }
}
