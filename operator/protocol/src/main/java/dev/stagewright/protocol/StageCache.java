package dev.stagewright.protocol;

import java.util.List;
import java.util.Optional;

/**
 * What publish has found in the cache for a stage. The Pod of a stage is created after it. Publish
 * repeats it if it changes before the Pod has started; the last one applies.
 *
 * <p>Other builds may run the same steps at this time. Their reports have the same keys, which are
 * those of records, shortened, for one repository.
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
 * @param wanted keys of records that do not exist, and would replace steps of the stage if another
 *     build wrote them before the stage starts
 * @param recorded keys of the records that this build writes while and after the stage runs
 */
public record StageCache(
    String stage,
    int cached,
    boolean complete,
    long savedMillis,
    long savedBytes,
    Optional<String> missed,
    Optional<PrefixImage> prefix,
    List<String> wanted,
    List<String> recorded) {

  /** A report without a prefix image and keys: the steps are not shared with other builds. */
  public StageCache(
      String stage,
      int cached,
      boolean complete,
      long savedMillis,
      long savedBytes,
      Optional<String> missed) {
    this(
        stage,
        cached,
        complete,
        savedMillis,
        savedBytes,
        missed,
        Optional.empty(),
        List.of(),
        List.of());
  }

  /** This report with a prefix image, or without. */
  public StageCache withPrefix(Optional<PrefixImage> other) {
    return new StageCache(
        stage, cached, complete, savedMillis, savedBytes, missed, other, wanted, recorded);
  }

  /** This report with other keys. */
  public StageCache withKeys(List<String> otherWanted, List<String> otherRecorded) {
    return new StageCache(
        stage,
        cached,
        complete,
        savedMillis,
        savedBytes,
        missed,
        prefix,
        otherWanted,
        otherRecorded);
  }
}
