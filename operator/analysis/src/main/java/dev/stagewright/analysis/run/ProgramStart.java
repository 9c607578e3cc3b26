package dev.stagewright.analysis.run;

import dev.stagewright.analysis.finding.Confidence;
import dev.stagewright.analysis.finding.Finding;
import dev.stagewright.analysis.finding.Place;
import dev.stagewright.analysis.image.ImageFile;
import dev.stagewright.analysis.image.Resolution;
import java.util.List;

/** Follows a program as the kernel does: permissions, {@code #!} lines, ELF. */
final class ProgramStart {
  private final Container container;
  private final List<Finding> notes;

  /**
   * @param notes receives findings that do not prevent the start
   */
  ProgramStart(Container container, List<Finding> notes) {
    this.container = container;
    this.notes = notes;
  }

  Verdict start(Call call) {
    return switch (container.resolve(call.path())) {
      case Resolution.Found found -> execute(call, found);
      case Resolution.Missing missing when Container.isMounted(missing.path()) ->
          RunRule.unknown(
              Place.missing(missing.path()), missing.path() + " is not a file of the image.");
      case Resolution.Missing missing -> missing(call, missing.path(), Errno.ENOENT);
      case Resolution.NotDirectory file -> missing(call, file.path(), Errno.ENOTDIR);
      case Resolution.Loop link -> missing(call, link.path(), Errno.ELOOP);
    };
  }

  private Verdict missing(Call call, String path, Errno error) {
    if (path.endsWith("\r")) {
      return carriageReturn(call, error);
    }
    if (call.interpreters() > 0) {
      return missingInterpreter(call, path, error);
    }
    var other = container.sameName(call.path());
    return call.fails(
        RunRule.COMMAND_NOT_FOUND,
        Place.missing(call.path()),
        "%s does not exist in the image%s."
            .formatted(call.path(), other.map(it -> "; the image contains " + it).orElse("")),
        error,
        other
            .map(it -> "Use the path " + it + ".")
            .orElse("Install it, or copy it from another stage."));
  }

  /** The kernel and env take the CR of a line that ends with CR LF as part of the name. */
  private static Verdict carriageReturn(Call call, Errno error) {
    var script =
        call.launcher() == Launcher.ENV && call.argv().size() > 1
            ? call.argv().get(1)
            : call.executed();
    return call.fails(
        RunRule.SCRIPT_LINE_ENDINGS,
        Place.missing(script),
        "The #! line of %s ends with CR LF, so its interpreter has a name that ends with CR."
            .formatted(script),
        error,
        "Save the script with LF: *.sh text eol=lf in .gitattributes, or RUN sed -i 's/\\r$//' "
            + script);
  }

  private static Verdict missingInterpreter(Call call, String path, Errno error) {
    return call.fails(
        RunRule.MISSING_INTERPRETER,
        Place.missing(path),
        "%s is a script for %s, which the image does not have."
            .formatted(call.executed(), call.path()),
        error,
        "Install the interpreter (RUN apt-get install or RUN apk add), use a base image that has"
            + " it, or change the first line, for example to #!/bin/sh.");
  }

  private Verdict execute(Call call, Resolution.Found found) {
    var file = found.file();
    if (!file.file().isFile()) {
      return call.fails(
          RunRule.NOT_EXECUTABLE,
          Place.of(file),
          call.path() + " is not a file.",
          Errno.EACCES,
          "Name a program.");
    }
    if (!Identity.isExecutable(file)) {
      return call.fails(
          RunRule.NOT_EXECUTABLE,
          Place.of(file),
          call.path() + " has no execute permission.",
          Errno.EACCES,
          "COPY --chmod=755, or RUN chmod +x " + call.path());
    }
    if (!container.reachable(found) || !container.user().mayExecute(file)) {
      if (call.launcher() != Launcher.RUNTIME) {
        return call.fails(
            RunRule.NOT_PERMITTED,
            Place.of(file),
            "The user %d may not execute %s.".formatted(container.user().uid(), call.path()),
            Errno.EACCES,
            permissionsFix());
      }
      notes.add(needsCapability(call, file));
    }
    return load(call, file);
  }

  private Finding needsCapability(Call call, ImageFile file) {
    return RunRule.NEEDS_CAPABILITY.finding(
        Confidence.LIKELY,
        Place.of(file),
        ("The user %d may not execute %s. It starts only because containerd gives the capability"
                + " DAC_OVERRIDE to the start of each container.")
            .formatted(container.user().uid(), call.path()),
        "With capabilities: {drop: [ALL]}, as Pod Security \"restricted\" requires: "
            + Symptoms.startError(call.path(), Errno.EACCES.text()),
        permissionsFix());
  }

  private static String permissionsFix() {
    return "COPY --chmod=755, and let all folders on the way have the execute permission for"
        + " others; or COPY --chown to the user of USER.";
  }

  private Verdict load(Call call, ImageFile file) {
    var elf = file.facts().elf();
    if (elf.isPresent()) {
      var start = new ElfStart(container, notes).start(call, file, elf.get());
      return start instanceof Verdict.Runs ? new ArgumentCheck(container, this).check(call) : start;
    }
    var line = file.facts().script().flatMap(Shebang::parse);
    if (line.isPresent()) {
      return script(call, file, line.get());
    }
    return switch (call.launcher()) {
      case RUNTIME -> unknownFormat(call, file);
      // Shells interpret such files themselves.
      case SHELL -> new Verdict.Runs();
      // execvp of glibc calls the shell, that of musl does not.
      case ENV, INIT -> RunRule.unknown(Place.of(file), call.path() + " has no #! line.");
    };
  }

  private static Verdict unknownFormat(Call call, ImageFile file) {
    var empty = file.file().size() == 0;
    return call.fails(
        RunRule.UNKNOWN_FORMAT,
        Place.of(file),
        "%s is %s."
            .formatted(
                call.path(), empty ? "empty" : "neither an ELF program nor a script with #!"),
        Errno.ENOEXEC,
        empty
            ? "Check the step that creates the file."
            : "Begin the script with #!/bin/sh in the first bytes of the file, without a byte order"
                + " mark.");
  }

  private Verdict script(Call call, ImageFile file, Shebang line) {
    if (call.hasTooManyInterpreters()) {
      return call.fails(
          RunRule.MISSING_INTERPRETER,
          Place.of(file),
          "Too many interpreters are scripts themselves.",
          Errno.ELOOP,
          "Name a program, not a script, in #!.");
    }
    return start(call.interpreter(line));
  }
}
