package dev.stagewright.analysis.size;

import java.util.List;

/**
 * What the image would weigh on smaller bases.
 *
 * @param needs what the program of the image needs
 * @param own files of the layers on the base image, without packages of the distribution and
 *     without the {@link GroupKind groups}
 * @param rungs the current base first, then in the order of {@link BaseKind}
 */
public record Ladder(ProgramNeeds needs, FileTotals own, List<Rung> rungs) {
  /** Copies the list. */
  public Ladder {
    rungs = List.copyOf(rungs);
  }
}
