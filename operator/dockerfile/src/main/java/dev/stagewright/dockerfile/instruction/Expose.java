package dev.stagewright.dockerfile.instruction;

import java.util.List;

/**
 * EXPOSE: documents ports.
 *
 * @param statement what it was read from
 * @param ports as written, sorted: {@code 80}, {@code 80/udp}, {@code 8000-8002}, …
 */
public record Expose(Statement statement, List<String> ports) implements Instruction {
  /** Copies the list. */
  public Expose {
    ports = List.copyOf(ports);
  }
}
