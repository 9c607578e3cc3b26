package dev.stagewright.analysis.run;

import dev.stagewright.analysis.finding.Confidence;
import dev.stagewright.analysis.finding.Place;
import dev.stagewright.analysis.image.ImageFile;
import dev.stagewright.analysis.image.Resolution;
import dev.stagewright.layers.oci.ContainerConfig;
import java.util.ArrayList;
import java.util.List;

/**
 * Finds the file of the command as runc does, which looks into PATH before it executes the file.
 * runc then has the capabilities of the container, so permissions of directories do not matter.
 */
final class CommandResolution {
  private static final List<String> DEFAULT_SHELL = List.of("/bin/sh", "-c");

  private final Container container;

  CommandResolution(Container container) {
    this.container = container;
  }

  /** The command, or why there is none. */
  sealed interface Result {
    /** A file that can be tried. */
    record Located(Call call) implements Result {}

    /** There is no such file. */
    record NotLocated(Verdict verdict) implements Result {}
  }

  Result resolve() {
    var command = command(config());
    if (command.isEmpty()) {
      return new Result.NotLocated(noCommand());
    }
    var name = command.getFirst();
    return name.contains("/") ? byPath(name, command) : byName(name, command);
  }

  private ContainerConfig config() {
    return container.image().config().config();
  }

  /** ENTRYPOINT and CMD together; an entry point of one empty text means none. */
  static List<String> command(ContainerConfig config) {
    var command = new ArrayList<String>();
    if (!config.entrypoint().equals(List.of(""))) {
      command.addAll(config.entrypoint());
    }
    command.addAll(config.cmd());
    return command;
  }

  private Verdict noCommand() {
    var confidence =
        container.files().all().stream().anyMatch(CommandResolution::isProgram)
            ? Confidence.LIKELY
            : Confidence.POSSIBLE;
    return new Verdict.Fails(
        RunRule.NO_COMMAND.finding(
            confidence,
            Place.CONFIG,
            "The image has neither ENTRYPOINT nor CMD, so only Pods with their own command can use"
                + " it.",
            Symptoms.createError("failed to generate spec: no command specified"),
            "Add ENTRYPOINT [\"/path/of/program\"]; ignore this if the image only contains files"
                + " for COPY --from or volumes."));
  }

  private static boolean isProgram(ImageFile file) {
    return file.facts().elf().isPresent() && Identity.isExecutable(file);
  }

  private Result byPath(String path, List<String> command) {
    return switch (container.resolve(path)) {
      case Resolution.Found found -> check(path, command, found);
      case Resolution.Missing missing when Container.isMounted(missing.path()) ->
          new Result.NotLocated(
              RunRule.unknown(Place.missing(path), path + " is in a file system of the kernel."));
      case Resolution.Missing _ -> missing(path, command, statError(path, Errno.ENOENT));
      case Resolution.NotDirectory _ -> missing(path, command, statError(path, Errno.ENOTDIR));
      case Resolution.Loop _ -> missing(path, command, statError(path, Errno.ELOOP));
    };
  }

  private static String statError(String path, Errno error) {
    return Symptoms.startError(path, "stat %s: %s".formatted(path, error.text()));
  }

  private Result check(String path, List<String> command, Resolution.Found found) {
    var file = found.file();
    if (file.file().isDirectory()) {
      return new Result.NotLocated(
          RunRule.NOT_EXECUTABLE.fails(
              Place.of(file),
              path + " is a directory.",
              Symptoms.startError(path, Errno.EISDIR.text()),
              "Name the program in ENTRYPOINT or CMD, or copy the program to this path."));
    }
    if (!Identity.isExecutable(file)) {
      return new Result.NotLocated(
          RunRule.NOT_EXECUTABLE.fails(
              Place.of(file),
              path + " has no execute permission.",
              Symptoms.startError(path, Errno.EACCES.text()),
              "COPY --chmod=755, or RUN chmod +x " + path));
    }
    return new Result.Located(Call.of(Launcher.RUNTIME, path, command));
  }

  private Result byName(String name, List<String> command) {
    for (var folder : container.environment().path()) {
      var path = (folder.endsWith("/") ? folder : folder + "/") + name;
      if (container.resolve(path) instanceof Resolution.Found found
          && !found.file().file().isDirectory()
          && Identity.isExecutable(found.file())) {
        return folder.startsWith("/")
            ? new Result.Located(Call.of(Launcher.RUNTIME, path, command))
            : missing(
                name,
                command,
                Symptoms.startError(
                    name, "cannot run executable found relative to current directory"));
      }
    }
    return missing(name, command, Symptoms.startError(name, "executable file not found in $PATH"));
  }

  private Result missing(String name, List<String> command, String symptom) {
    if (isShellForm(command)) {
      return new Result.NotLocated(
          RunRule.NO_SHELL.fails(
              Place.missing(name),
              "The command is in shell form, but the image has no %s.".formatted(name),
              symptom,
              "Use the exec form, for example ENTRYPOINT [\"%s\"], or a base image with a shell."
                  .formatted(ShellCommand.firstWord(command.getLast()))));
    }
    if (name.strip().contains(" ")) {
      return new Result.NotLocated(
          RunRule.EXEC_FORM_MISTAKE.fails(
              Place.missing(name),
              "\"%s\" is one element of the exec form, so it is the name of a file."
                  .formatted(name),
              symptom,
              "Make each argument an element: [\"%s\"]"
                  .formatted(String.join("\", \"", name.strip().split("\\s+")))));
    }
    var other = container.sameName(name);
    return new Result.NotLocated(
        RunRule.COMMAND_NOT_FOUND.fails(
            Place.missing(name),
            "The command %s does not exist in the image%s."
                .formatted(name, other.map(it -> "; the image contains " + it).orElse("")),
            symptom,
            other
                .map(it -> "Use the path in ENTRYPOINT or CMD: [\"%s\"]".formatted(it))
                .orElse("Check the destination of COPY and the path in ENTRYPOINT or CMD.")));
  }

  private boolean isShellForm(List<String> command) {
    var shell = config().shell().isEmpty() ? DEFAULT_SHELL : config().shell();
    return command.size() > shell.size()
        && shell.size() > 1
        && command.subList(0, shell.size()).equals(shell);
  }
}
