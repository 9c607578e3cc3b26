package dev.stagewright.stage.linux;

import java.util.List;
import java.util.Map;

/**
 * A process to start.
 *
 * @param arguments the program's absolute path, then its arguments
 * @param environment all of it; nothing is inherited
 * @param workingDirectory absolute, inside the root
 * @param credentials whom it runs as
 */
public record Command(
    List<String> arguments,
    Map<String, String> environment,
    String workingDirectory,
    Credentials credentials) {
  public Command {
    arguments = List.copyOf(arguments);
  }
}
