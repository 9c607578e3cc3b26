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
   * @param instructions names of the instructions, of which the last in the Dockerfile is the place
   *     of a finding that is not about a file; empty if it has no place
   */
  record Description(String id, Severity severity, String summary, List<String> instructions) {
    /** Copies the list. */
    public Description {
      instructions = List.copyOf(instructions);
    }

    /** A rule whose findings have no place if they are not about a file. */
    public Description(String id, Severity severity, String summary) {
      this(id, severity, summary, List.of());
    }
  }
}
