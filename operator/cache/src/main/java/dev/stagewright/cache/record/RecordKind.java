package dev.stagewright.cache.record;

import dev.stagewright.cache.key.CacheKey;
import dev.stagewright.layers.oci.Manifest;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * The kinds of records, which are distinguished by the tag and by the type of the artifact. Prefix
 * images are listed and deleted like records.
 */
public enum RecordKind {
  /** {@link StepRecord}. */
  STEP,
  /** {@link FilesRecord}. */
  FILES,
  /** {@link ImageRecord}. */
  IMAGE,
  /** {@link LatestRecord}. */
  LATEST,
  /** An image that Pods of stages run, with a {@link PrefixRecord}; it has no artifact type. */
  PREFIX,
  /** What the analysis keeps of a layer; a {@link ContentRecord}. */
  LAYER,
  /** What the analysis has found in an image; a {@link ContentRecord}. */
  CHECKS;

  private static final String TYPE = "application/vnd.stagewright.cache.";

  /** A change of this text makes all records of earlier releases unreadable. */
  private static final String VERSION = ".v1";

  private final Pattern tag = Pattern.compile(word() + "-[0-9a-f]{64}");

  /** The tag of the record with this key. */
  public String tag(CacheKey key) {
    return word() + "-" + key.hex();
  }

  /** The type of the artifact, which contains the version of the format. */
  public String artifactType() {
    return TYPE + word() + VERSION;
  }

  /** The kind of the record with this tag; empty if it is not a tag of a record. */
  public static Optional<RecordKind> ofTag(String tag) {
    return Arrays.stream(values()).filter(kind -> kind.tag.matcher(tag).matches()).findFirst();
  }

  /** The tag of the record of this kind with the same key as another record. */
  String tagLike(String other) {
    return word() + other.substring(other.indexOf('-'));
  }

  /** Whether a manifest with a tag of this kind is a record, of any version. */
  boolean isOf(Manifest manifest) {
    return this == PREFIX
        ? PrefixRecord.isIn(manifest)
        : manifest.artifactType().filter(type -> type.startsWith(TYPE)).isPresent();
  }

  private String word() {
    return name().toLowerCase(Locale.ROOT);
  }
}
