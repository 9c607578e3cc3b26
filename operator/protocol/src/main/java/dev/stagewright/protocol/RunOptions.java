package dev.stagewright.protocol;

import java.util.List;

/**
 * The options of RUN: mounts, network and privileges of the command.
 *
 * @param mounts mounts in the order of the Dockerfile
 * @param network network of the command
 * @param insecure whether {@code --security=insecure} grants all privileges
 * @param proxies names of variables in the environment of the command that configure a proxy and
 *     that no ARG declares. Like BuildKit, the cache ignores them.
 */
public record RunOptions(
    List<RunMount> mounts, Network network, boolean insecure, List<String> proxies) {
  /** No mounts, the network of the Pod, the default capabilities. */
  public static final RunOptions USUAL = new RunOptions(List.of(), Network.DEFAULT, false);

  /** Options of a command without proxy variables. */
  public RunOptions(List<RunMount> mounts, Network network, boolean insecure) {
    this(mounts, network, insecure, List.of());
  }

  /** The network of a command. */
  public enum Network {
    /** The network of the Pod. */
    DEFAULT,
    /** Only a loopback interface of its own. */
    NONE
  }
}
