package dev.stagewright.protocol;

import java.util.Optional;

/**
 * What publish has found in the cache for a stage. The Pod of a stage is created after it.
 *
 * @param stage id of the stage
 * @param cached number of first steps whose results are known
 * @param complete whether nothing of the stage has to run: all steps and the files that other
 *     stages copy are known. Its {@link StageOutcome} follows.
 * @param savedMillis time that the known steps took when they ran, in milliseconds
 * @param savedBytes compressed size of the layers and files of the known steps
 * @param missed why the first step that is not known has to run, as a clause that names what
 *     differs from the latest build, for example {@code COPY . .: src/main.go changed}; empty if no
 *     earlier build is known, or if the stage is complete
 * @param prefix image that the first Pod of the stage can run instead of its base image
 */
public record StageCache(
    String stage,
    int cached,
    boolean complete,
    long savedMillis,
    long savedBytes,
    Optional<String> missed,
    Optional<PrefixImage> prefix) {

  /** A report about a stage without a prefix image. */
  public StageCache(
      String stage,
      int cached,
      boolean complete,
      long savedMillis,
      long savedBytes,
      Optional<String> missed) {
    this(stage, cached, complete, savedMillis, savedBytes, missed, Optional.empty());
  }

  /** This report with a prefix image, or without. */
  public StageCache withPrefix(Optional<PrefixImage> other) {
    return new StageCache(stage, cached, complete, savedMillis, savedBytes, missed, other);
  }
}
