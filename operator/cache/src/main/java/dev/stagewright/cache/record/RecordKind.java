package dev.stagewright.cache.record;

import dev.stagewright.cache.key.CacheKey;
import java.util.Locale;

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

  /** The tag of the record with this key. */
  public String tag(CacheKey key) {
    return word() + "-" + key.hex();
  }

  /** The type of the artifact, which contains the version of the format. */
  public String artifactType() {
    return TYPE + word() + VERSION;
  }

  private String word() {
    return name().toLowerCase(Locale.ROOT);
  }
}
