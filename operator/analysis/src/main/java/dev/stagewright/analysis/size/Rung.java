package dev.stagewright.analysis.size;

import java.util.List;

/**
 * The image on one base.
 *
 * @param base the kind of base
 * @param feasibility whether the program of the image can run there
 * @param size the estimated size
 * @param reason one sentence: why it is possible, or what prevents it
 * @param dockerfile the lines of the last stage that would get there; empty if nothing is to be
 *     changed, or if it is not possible
 */
public record Rung(
    BaseKind base, Feasibility feasibility, Estimate size, String reason, List<String> dockerfile) {
  /** Copies the list. */
  public Rung {
    dockerfile = List.copyOf(dockerfile);
  }

  /** Whether a program can run on a base. */
  public enum Feasibility {
    /** It is the base of the image. */
    CURRENT,
    /** The same files run there. */
    POSSIBLE,
    /** The program has to be built in another way. */
    REBUILD,
    /** It cannot run there. */
    IMPOSSIBLE
  }

  /**
   * Compressed sizes, in bytes.
   *
   * @param base the base image alone
   * @param atLeast with the files that the program cannot start without
   * @param expected also with all other files of the user
   */
  public record Estimate(long base, long atLeast, long expected) {}
}
