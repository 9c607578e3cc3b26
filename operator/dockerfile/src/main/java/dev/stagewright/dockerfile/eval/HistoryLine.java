package dev.stagewright.dockerfile.eval;

/**
 * An entry of the image history, with the text of BuildKit.
 *
 * @param createdBy for example {@code RUN /bin/sh -c make # buildkit}
 * @param emptyLayer whether the entry has no layer
 * @param instruction index of the instruction in {@link EvaluatedStage#instructions}
 */
public record HistoryLine(String createdBy, boolean emptyLayer, int instruction) {
  /** The comment that BuildKit sets for every entry. */
  public static final String COMMENT = "buildkit.dockerfile.v0";
}
