package dev.stagewright.stage.linux;

import java.util.List;
import java.util.Map;

/**
 * A process to start.
 *
 * @param program its path, absolute or relative to the working directory
 * @param foundByName whether the JDK, which looks in the PATH that the runtime was started with,
 *     finds this program by the name that it is called by
 * @param arguments the name that the program is called by, then its arguments
 * @param environment all of it; nothing is inherited
 * @param workingDirectory absolute, inside the root
 * @param credentials whom it runs as
 */
public record Command(
    String program,
    boolean foundByName,
    List<String> arguments,
    Map<String, String> environment,
    String workingDirectory,
    ProcessCredentials credentials) {
  public Command {
    arguments = List.copyOf(arguments);
  }
}
