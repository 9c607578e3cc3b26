package dev.stagewright.cache.record;

import dev.stagewright.cache.key.CacheKey;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/** The kinds of records, which are distinguished by the tag and by the type of the artifact. */
public enum RecordKind {
  /** {@link StepRecord}. */
  STEP,
  /** {@link FilesRecord}. */
  FILES,
  /** {@link ImageRecord}. */
  IMAGE,
  /** {@link LatestRecord}. */
  LATEST;

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

  /** Whether this is the type of a record of any kind and version. */
  static boolean isArtifactType(String type) {
    return type.startsWith(TYPE);
  }

  private String word() {
    return name().toLowerCase(Locale.ROOT);
  }
}
