package dev.stagewright.analysis.run;

import dev.stagewright.analysis.finding.Finding;

/** Whether the process of a container starts, in a Pod that overrides nothing of the image. */
public sealed interface Verdict {
  /** Nothing in the image prevents it. */
  record Runs() implements Verdict {}

  /**
   * It does not start, or ends at once because a file that it needs is missing.
   *
   * @param finding the reason
   */
  record Fails(Finding finding) implements Verdict {}

  /**
   * The image does not say.
   *
   * @param finding what decides
   */
  record Unknown(Finding finding) implements Verdict {}
}
