package dev.stagewright.kubectl.debug;

import dev.stagewright.protocol.Step;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * The command that opens a shell in a container, with the variables and the working directory of an
 * instruction.
 *
 * @param environment variables beside those of the container
 * @param workingDirectory empty for that of the container
 */
public record ShellCommand(Map<String, String> environment, Optional<String> workingDirectory) {
  /**
   * In a user namespace, instructions run in a mount namespace of their own, whose root is reached
   * by one of their processes. $1 is the working directory, $2 a script or nothing; variables
   * follow.
   */
  private static final String SCRIPT =
      """
      own=$(readlink /proc/self/ns/mnt 2>/dev/null)
      for process in /proc/[0-9]*; do
        other=$(readlink "$process/ns/mnt" 2>/dev/null) || continue
        if [ -n "$own" ] && [ "$other" != "$own" ]; then root=$process/root; fi
      done
      directory=$1 script=$2
      shift 2
      inner='cd "$1" 2>/dev/null || echo "there is no directory $1" >&2
      if [ -n "$2" ]; then exec /bin/sh -c "$2"; fi
      if [ -x /bin/bash ]; then exec /bin/bash; fi
      exec /bin/sh'
      set -- env "$@" "TERM=${TERM:-xterm}" /bin/sh -c "$inner" sh "$directory" "$script"
      [ -z "${root:-}" ] || set -- chroot "$root" "$@"
      exec "$@"
      """;

  /** The command for the container of a stage without a known instruction. */
  public static final ShellCommand PLAIN = new ShellCommand(Map.of(), Optional.empty());

  /** The command for the environment of an instruction. */
  public static ShellCommand of(Step.Run step) {
    return new ShellCommand(step.environment(), Optional.of(step.workingDirectory()));
  }

  /**
   * The words of the command.
   *
   * @param script what the shell runs; empty for an interactive shell
   */
  public List<String> words(String script) {
    var words = new ArrayList<>(List.of("/bin/sh", "-c", SCRIPT, "stagewright"));
    words.add(workingDirectory.orElse("/"));
    words.add(script);
    new TreeMap<>(environment).forEach((name, value) -> words.add(name + "=" + value));
    return List.copyOf(words);
  }
}
