package dev.stagewright.analysis.run;

import dev.stagewright.analysis.finding.Place;
import java.util.ArrayList;
import java.util.List;

/**
 * A program that is to be executed.
 *
 * @param launcher who executes it
 * @param executed the path in the system call, which errors contain
 * @param path the file to load: the same, or the interpreter of a script
 * @param argv the arguments, with the name of the program
 * @param interpreters how many {@code #!} lines led to this file
 */
record Call(Launcher launcher, String executed, String path, List<String> argv, int interpreters) {
  /** The kernel follows no more {@code #!} lines. */
  private static final int MAX_INTERPRETERS = 5;

  Call {
    argv = List.copyOf(argv);
  }

  static Call of(Launcher launcher, String path, List<String> argv) {
    return new Call(launcher, path, path, argv, 0);
  }

  /** What the kernel executes instead of a script. */
  Call interpreter(Shebang line) {
    var arguments = new ArrayList<String>();
    arguments.add(line.interpreter());
    line.argument().ifPresent(arguments::add);
    arguments.add(path);
    arguments.addAll(argv.subList(Math.min(1, argv.size()), argv.size()));
    return new Call(launcher, executed, line.interpreter(), arguments, interpreters + 1);
  }

  boolean hasTooManyInterpreters() {
    return interpreters >= MAX_INTERPRETERS;
  }

  /** The verdict if the system call returns an error. */
  Verdict fails(RunRule rule, Place place, String message, Errno error, String fix) {
    return rule.fails(place, message, launcher.symptom(executed, error), fix);
  }
}
