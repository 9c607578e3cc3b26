package dev.stagewright.bench.compare.builder;

import java.io.IOException;
import java.util.List;

/** A program that builds images and pushes them to the registry. */
public interface ImageBuilder {

  /** Its name in the table. */
  String name();

  /** Its version. */
  String version();

  /** Whether its builds use processor time in this component of the cluster. */
  boolean uses(String component);

  /**
   * Runs builds whose results the measured builds can use; they are not measured.
   *
   * @param number number of these builds, of several that run one after another
   * @param fails whether they must fail
   */
  default void buildEarlier(List<BuildJob> jobs, int number, boolean fails)
      throws IOException, InterruptedException {
    try {
      var _ = build(jobs);
    } catch (IOException e) {
      if (fails) {
        return;
      }
      throw e;
    }
    if (fails) {
      throw new IOException("the earlier build succeeded");
    }
  }

  /** Prepares a measured build of this workload; is not measured. */
  default void beforeBuild(BuildJob job) throws IOException, InterruptedException {}

  /** Starts all builds at once and returns when the images are in the registry. */
  BuildOutcome build(List<BuildJob> jobs) throws IOException, InterruptedException;

  /** Deletes what the builds have left; is not measured. */
  default void afterBuild(List<BuildJob> jobs) throws IOException, InterruptedException {}
}
