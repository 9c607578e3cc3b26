package dev.stagewright.protocol;

import java.util.List;

/**
 * The options of RUN: mounts, network and privileges of the command.
 *
 * @param mounts mounts in the order of the Dockerfile
 * @param network network of the command
 * @param insecure whether {@code --security=insecure} grants all privileges
 */
public record RunOptions(List<RunMount> mounts, Network network, boolean insecure) {
  /** No mounts, the network of the Pod, the default capabilities. */
  public static final RunOptions USUAL = new RunOptions(List.of(), Network.DEFAULT, false);

  /** The network of a command. */
  public enum Network {
    /** The network of the Pod. */
    DEFAULT,
    /** Only a loopback interface of its own. */
    NONE
  }
}
