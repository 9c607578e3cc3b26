package dev.stagewright.dockerfile.instruction;

import java.util.List;
import java.util.Optional;

/**
 * RUN: runs a command in a new layer.
 *
 * @param statement the untyped form
 * @param command can be empty
 * @param mounts values of {@code --mount}
 * @param network {@code default}, {@code none} or {@code host}; empty if not specified
 * @param security {@code sandbox} or {@code insecure}; empty if not specified
 * @param devices values of {@code --device}
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
