package dev.stagewright.stage.linux;

import java.util.List;
import java.util.Map;

/**
 * A process to start.
 *
 * @param program path of the program, absolute or relative to the working directory
 * @param foundByName whether the JDK, which searches the PATH of the runtime, finds this program by
 *     the first of the arguments
 * @param arguments name by which the program is called, followed by its arguments
 * @param environment complete environment; no variables are inherited
 * @param workingDirectory absolute path inside the root
 * @param credentials credentials of the process
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
