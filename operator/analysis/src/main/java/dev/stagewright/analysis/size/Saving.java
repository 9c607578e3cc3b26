package dev.stagewright.analysis.size;

/**
 * A change that would make the image smaller.
 *
 * @param kind where the report has the details
 * @param amount what would be removed
 * @param message one sentence that says what is in the image without need
 * @param fix what to change, with the words of the Dockerfile
 */
public record Saving(Kind kind, FileTotals amount, String message, String fix) {

  /** What a saving is based on. */
  public enum Kind {
    /** {@link Savings#hidden}. */
    HIDDEN,
    /** {@link Savings#duplicates}. */
    DUPLICATES,
    /** {@link Savings#groups}. */
    GROUP,
    /** {@link SizeReport#ladder}. */
    BASE
  }
}
