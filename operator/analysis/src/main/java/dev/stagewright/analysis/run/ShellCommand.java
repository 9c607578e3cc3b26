package dev.stagewright.analysis.run;

import dev.stagewright.analysis.finding.Place;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/** A shell with a script file, or with a command that is simple enough to be understood. */
final class ShellCommand {
  /** Words without anything that a shell would interpret. */
  private static final Pattern SIMPLE = Pattern.compile("[\\w./:@%+,= -]+");

  private static final Pattern SPACES = Pattern.compile("\\s+");

  private static final Set<String> BUILT_IN =
      Set.of(
          "alias",
          "bg",
          "break",
          "case",
          "cd",
          "command",
          "continue",
          "echo",
          "eval",
          "exit",
          "export",
          "false",
          "fg",
          "for",
          "getopts",
          "hash",
          "if",
          "jobs",
          "kill",
          "let",
          "local",
          "printf",
          "pwd",
          "read",
          "readonly",
          "return",
          "set",
          "shift",
          "source",
          "test",
          "time",
          "times",
          "trap",
          "true",
          "type",
          "ulimit",
          "umask",
          "unset",
          "until",
          "wait",
          "while");

  private final Container container;
  private final ProgramStart start;

  ShellCommand(Container container, ProgramStart start) {
    this.container = container;
    this.start = start;
  }

  /** The verdict about a shell that can be loaded. */
  Verdict check(Call call, List<String> arguments) {
    if (arguments.isEmpty()) {
      return new Verdict.Runs();
    }
    if (arguments.getFirst().equals("-c") && arguments.size() > 1) {
      return command(arguments.get(1).strip());
    }
    return arguments.getFirst().startsWith("-")
        ? new Verdict.Runs()
        : new ScriptFile(container).check(call, "sh", arguments);
  }

  private Verdict command(String command) {
    if (command.startsWith("[") && command.endsWith("]") && !command.startsWith("[ ")) {
      return RunRule.EXEC_FORM_MISTAKE.fails(
          Place.CONFIG,
          "The command %s is not valid JSON, so it is in shell form.".formatted(command),
          Symptoms.exit(Launcher.NOT_FOUND, "sh: %s: not found".formatted(firstWord(command))),
          "Write the exec form with double quotes: [\"/app\", \"argument\"]");
    }
    if (!SIMPLE.matcher(command).matches()) {
      return new Verdict.Runs();
    }
    var words = Arrays.asList(command.split(" +"));
    var program = words.getFirst().equals("exec") ? words.subList(1, words.size()) : words;
    return program.isEmpty() ? new Verdict.Runs() : program(program);
  }

  private Verdict program(List<String> argv) {
    var name = argv.getFirst();
    if (name.startsWith("-") || name.contains("=") || BUILT_IN.contains(name)) {
      return new Verdict.Runs();
    }
    if (name.contains("/")) {
      return start.start(Call.of(Launcher.SHELL, name, argv));
    }
    var path = new PathSearch(container).find(name);
    if (path.isPresent()) {
      return start.start(Call.of(Launcher.SHELL, path.get(), argv));
    }
    return container.files().get("bin/busybox").isPresent()
        // The shell of busybox also has the other programs of busybox built in.
        ? RunRule.unknown(
            Place.missing(name),
            "The command %s is not in PATH; it can only be one of busybox.".formatted(name))
        : start.start(Call.of(Launcher.SHELL, name, argv));
  }

  /** The first word of a command. */
  static String firstWord(String command) {
    return SPACES.splitAsStream(command.strip()).findFirst().orElse("");
  }
}
