package dev.stagewright.analysis.run;

import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Follows programs whose only task is to execute another one, or a file of a script. */
final class ArgumentCheck {
  private static final Set<String> SHELLS = Set.of("sh", "bash", "ash", "dash");
  private static final Set<String> INITS = Set.of("tini", "tini-static", "dumb-init", "catatonit");

  private final Container container;
  private final ProgramStart start;

  ArgumentCheck(Container container, ProgramStart start) {
    this.container = container;
    this.start = start;
  }

  /** The verdict about a program that can be loaded. */
  Verdict check(Call call) {
    var name = name(call.path());
    var arguments = call.argv().subList(Math.min(1, call.argv().size()), call.argv().size());
    if (name.equals("env")) {
      return env(arguments);
    }
    if (INITS.contains(name)) {
      return init(arguments);
    }
    if (SHELLS.contains(name)) {
      return new ShellCommand(container, start).check(call, arguments);
    }
    return new ScriptFile(container).check(call, name, arguments);
  }

  /** Only the plain form: options and variables would need more. */
  private Verdict env(List<String> arguments) {
    if (arguments.isEmpty()
        || arguments.getFirst().startsWith("-")
        || arguments.getFirst().contains("=")) {
      return new Verdict.Runs();
    }
    return program(Launcher.ENV, arguments);
  }

  /** All of them take options, and then a program, perhaps after {@code --}. */
  private Verdict init(List<String> arguments) {
    var separator = arguments.indexOf("--");
    if (separator >= 0) {
      return program(Launcher.INIT, arguments.subList(separator + 1, arguments.size()));
    }
    return arguments.isEmpty() || arguments.getFirst().startsWith("-")
        ? new Verdict.Runs()
        : program(Launcher.INIT, arguments);
  }

  private Verdict program(Launcher launcher, List<String> argv) {
    if (argv.isEmpty()) {
      return new Verdict.Runs();
    }
    var name = argv.getFirst();
    var path = name.contains("/") ? Optional.of(name) : inPath(name);
    return start.start(Call.of(launcher, path.orElse(name), argv));
  }

  private Optional<String> inPath(String name) {
    return new PathSearch(container).find(name);
  }

  static String name(String path) {
    return path.substring(path.lastIndexOf('/') + 1);
  }
}
