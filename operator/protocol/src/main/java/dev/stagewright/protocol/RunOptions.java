package dev.stagewright.protocol;

import java.util.List;

/**
 * What the command of a RUN sees beside the stage's files.
 *
 * @param mounts in the order of the Dockerfile
 * @param network what it reaches
 * @param insecure whether {@code --security=insecure} gives it all privileges
 */
public record RunOptions(List<RunMount> mounts, Network network, boolean insecure) {
  /** No mounts, the Pod's network, the usual capabilities. */
  public static final RunOptions USUAL = new RunOptions(List.of(), Network.DEFAULT, false);

  /** What a command reaches. */
  public enum Network {
    /** What the Pod reaches. */
    DEFAULT,
    /** Itself only: a loopback interface of its own. */
    NONE
  }
}
