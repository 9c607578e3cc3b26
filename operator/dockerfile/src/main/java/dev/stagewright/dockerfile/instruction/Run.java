package dev.stagewright.dockerfile.instruction;

import java.util.List;
import java.util.Optional;

/**
 * RUN: runs a command in a new layer.
 *
 * @param statement what it was read from
 * @param command may be empty
 * @param mounts values of {@code --mount}, as written
 * @param network {@code default}, {@code none} or {@code host}; empty where not said
 * @param security {@code sandbox} or {@code insecure}; empty where not said
 * @param devices values of {@code --device}, as written
 */
public record Run(
    Statement statement,
    CommandLine command,
    List<String> mounts,
    Optional<String> network,
    Optional<String> security,
    List<String> devices)
    implements Instruction {
  /** Copies the lists. */
  public Run {
    mounts = List.copyOf(mounts);
    devices = List.copyOf(devices);
  }
}
