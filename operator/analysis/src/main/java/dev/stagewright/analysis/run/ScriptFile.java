package dev.stagewright.analysis.run;

import dev.stagewright.analysis.finding.Place;
import dev.stagewright.analysis.image.ImageFile;
import dev.stagewright.analysis.image.Resolution;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/** The file that an interpreter is told to execute: it must exist, and the user must read it. */
final class ScriptFile {
  private static final Pattern PYTHON = Pattern.compile("python[0-9.]*");
  private static final Pattern FLAG = Pattern.compile("-[uBOEIsSv]+");

  private final Container container;

  ScriptFile(Container container) {
    this.container = container;
  }

  Verdict check(Call call, String program, List<String> arguments) {
    if (program.equals("java")) {
      return new JavaProgram(container).check(call, arguments);
    }
    if (program.equals("sh")) {
      return file(call, arguments.getFirst(), 2, "sh: 0: cannot open %s: %s");
    }
    if (PYTHON.matcher(program).matches()) {
      return arguments.stream()
          .filter(it -> !FLAG.matcher(it).matches())
          .findFirst()
          .filter(it -> !it.startsWith("-"))
          .map(it -> file(call, it, 2, "python: can't open file '%s': %s"))
          .orElseGet(Verdict.Runs::new);
    }
    if (program.equals("node") && isFile(arguments)) {
      var script = arguments.getFirst();
      return nodeModule(script)
          ? new Verdict.Runs()
          : missing(call, script, 1, "Error: Cannot find module '%s'".formatted(script));
    }
    return new Verdict.Runs();
  }

  private static boolean isFile(List<String> arguments) {
    return !arguments.isEmpty() && !arguments.getFirst().startsWith("-");
  }

  /** Node adds endings, and accepts folders. */
  private boolean nodeModule(String script) {
    return List.of("", ".js", ".json", ".node", ".mjs", ".cjs").stream()
        .anyMatch(ending -> container.resolve(script + ending) instanceof Resolution.Found);
  }

  private Verdict file(Call call, String script, int exitCode, String log) {
    return switch (container.resolve(script)) {
      case Resolution.Found found
          when container.reachable(found) && container.user().mayRead(found.file()) ->
          new Verdict.Runs();
      case Resolution.Found found -> unreadable(call, script, found.file(), exitCode, log);
      case Resolution.Missing missing when Container.isMounted(missing.path()) ->
          new Verdict.Runs();
      default -> missing(call, script, exitCode, log.formatted(script, "No such file"));
    };
  }

  private Verdict unreadable(Call call, String script, ImageFile file, int exitCode, String log) {
    return RunRule.NOT_PERMITTED.fails(
        Place.of(file),
        "The user %d may not read %s, which %s interprets."
            .formatted(container.user().uid(), script, call.path()),
        Symptoms.exit(exitCode, log.formatted(script, Errno.EACCES.capitalized())),
        "COPY --chmod=755 the script (--chmod=711 is not enough), or COPY --chown to the user of"
            + " USER.");
  }

  /** The verdict about a file that does not exist. */
  Verdict missing(Call call, String script, int exitCode, String log) {
    Optional<String> other = container.sameName(script);
    return RunRule.MISSING_SCRIPT.fails(
        Place.missing(container.absolute(script)),
        "%s is called with %s, which the image does not have%s."
            .formatted(call.path(), script, other.map(it -> "; it has " + it).orElse("")),
        Symptoms.exit(exitCode, log),
        "Check WORKDIR, the destination of COPY, and .dockerignore, or use the absolute path.");
  }
}
