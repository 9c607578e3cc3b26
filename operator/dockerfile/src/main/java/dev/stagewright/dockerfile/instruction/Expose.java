package dev.stagewright.dockerfile.instruction;

import java.util.List;

/**
 * EXPOSE: documents ports.
 *
 * @param statement the untyped form
 * @param ports as written, sorted: {@code 80}, {@code 80/udp}, {@code 8000-8002}, …
 */
public record Expose(Statement statement, List<String> ports) implements Instruction {
  /** Copies the list. */
  public Expose {
    ports = List.copyOf(ports);
  }
}
