package dev.stagewright.dockerfile.lint.practice;

import dev.stagewright.dockerfile.instruction.CommandLine;
import dev.stagewright.dockerfile.instruction.Run;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * The commands of a shell script, without evaluation by a shell: split at operators and line ends,
 * quotes removed, variables not expanded.
 *
 * @param commands in order
 */
record ShellScript(List<Command> commands) {
  private static final Set<String> SHELLS = Set.of("sh", "/bin/sh", "bash", "/bin/bash", "ash");

  ShellScript {
    commands = List.copyOf(commands);
  }

  /** The script of RUN, including heredocs. */
  static ShellScript of(Run run) {
    var text = new StringBuilder(text(run.command()));
    run.statement().heredocs().forEach(heredoc -> text.append('\n').append(heredoc.content()));
    return parse(text.toString());
  }

  /** The script of CMD or ENTRYPOINT. */
  static ShellScript of(CommandLine command) {
    return parse(text(command));
  }

  static ShellScript parse(String text) {
    return new ShellScript(new ShellScanner(text).commands());
  }

  private static String text(CommandLine command) {
    var words = command.words();
    if (command.shell()) {
      return words.isEmpty() ? "" : words.getFirst();
    }
    if (words.size() == 3 && SHELLS.contains(words.getFirst()) && words.get(1).endsWith("c")) {
      return words.get(2);
    }
    var quoted = new ArrayList<String>();
    words.forEach(word -> quoted.add("'" + word.replace("'", "'\\''") + "'"));
    return String.join(" ", quoted);
  }

  /** The commands that run this program. */
  List<Command> of(String... programs) {
    return commands.stream().filter(c -> List.of(programs).contains(c.program())).toList();
  }

  /**
   * A command.
   *
   * @param words the program and its arguments, without assignments and prefixes such as {@code
   *     sudo}
   * @param operator the operator after the command: {@code |}, {@code &}, {@code &&}, {@code ;} and
   *     so on; empty at the end
   */
  record Command(List<String> words, String operator) {
    private static final Set<String> PREFIXES =
        Set.of(
            "sudo", "exec", "env", "time", "then", "do", "else", "if", "!", "{", "while", "until");

    Command {
      words = List.copyOf(words.subList(prefixes(words), words.size()));
    }

    /** The name of the program without directories; empty if there is none. */
    String program() {
      return words.isEmpty()
          ? ""
          : words.getFirst().substring(words.getFirst().lastIndexOf('/') + 1);
    }

    /** The arguments that are not options. */
    List<String> operands() {
      return words.stream().skip(1).filter(word -> !word.startsWith("-")).toList();
    }

    /** Whether the command has one of these subcommands: {@code apt-get install}. */
    boolean hasSubcommand(String... subcommands) {
      return operands().stream().findFirst().filter(List.of(subcommands)::contains).isPresent();
    }

    boolean hasOption(String option) {
      return words.contains(option);
    }

    private static int prefixes(List<String> words) {
      int count = 0;
      while (count < words.size()
          && (PREFIXES.contains(words.get(count))
              || words.get(count).matches("[A-Za-z_][A-Za-z0-9_]*=.*"))) {
        count++;
      }
      return count;
    }
  }
}
