package dev.stagewright.analysis.report;

/**
 * Whether the program of an image can start.
 *
 * @param outcome the answer
 * @param reason one sentence
 */
public record StartPrediction(Outcome outcome, String reason) {
  /** The image was not checked. */
  public static final StartPrediction UNKNOWN =
      new StartPrediction(Outcome.UNKNOWN, "It was not checked whether the program can start.");

  /** Answers. */
  public enum Outcome {
    /** The program starts; what it does then is not known. */
    RUNS,
    /** It depends on the settings of the Pod, or on what the program does. */
    DEPENDS,
    /** The container does not start, or the program ends at once. */
    DOES_NOT_RUN,
    UNKNOWN
  }
}
