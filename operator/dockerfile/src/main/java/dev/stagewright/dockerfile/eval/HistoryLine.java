package dev.stagewright.dockerfile.eval;

/**
 * A line of the image's history, as BuildKit words it.
 *
 * @param createdBy for example {@code RUN /bin/sh -c make # buildkit}
 * @param emptyLayer whether no layer belongs to it
 * @param instruction index into {@link EvaluatedStage#instructions} of the instruction it is of
 */
public record HistoryLine(String createdBy, boolean emptyLayer, int instruction) {
  /** What BuildKit sets as the comment of every line. */
  public static final String COMMENT = "buildkit.dockerfile.v0";
}
