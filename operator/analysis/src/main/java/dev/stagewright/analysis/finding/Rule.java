package dev.stagewright.analysis.finding;

import dev.stagewright.analysis.image.AnalyzedImage;
import java.util.List;

/** Looks for one kind of problem, or for a few that belong together. */
public interface Rule {
  /** The rules whose ids the findings can have. */
  List<Description> descriptions();

  /** The findings in an image; does not throw exceptions for any image. */
  List<Finding> check(AnalyzedImage image);

  /**
   * The documentation of a rule.
   *
   * @param id in upper camel case
   * @param summary one sentence
   */
  record Description(String id, Severity severity, String summary) {}
}
