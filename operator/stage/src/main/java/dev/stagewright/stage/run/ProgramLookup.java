package dev.stagewright.stage.run;

import dev.stagewright.layers.tar.RawName;
import dev.stagewright.protocol.PrintableText;
import dev.stagewright.stage.path.LinkResolver;
import java.io.IOException;

/**
 * Finds the program that a command means, among the files and by the PATH that it will run with.
 * The JDK looks in the PATH that the runtime was started with, which a container's first process
 * has from the stage's base image. Where both lead to the same file, the name is left to the JDK,
 * as only so the program is called by the name that was written.
 */
final class ProgramLookup {
  private static final int EXECUTABLE = 0111;

  /** Bytes of a name in a message. */
  private static final int LARGEST_NAME = 200;

  private final VisibleFiles files;
  private final String ownPath;
  private final LinkResolver links;

  /**
   * Among these files.
   *
   * @param ownPath the PATH that the runtime was started with, empty for none
   */
  ProgramLookup(VisibleFiles files, String ownPath) {
    this.files = files;
    this.ownPath = ownPath;
    this.links = new LinkResolver(files);
  }

  /**
   * A program.
   *
   * @param path absolute or relative to the working directory
   * @param foundByName whether the JDK finds it by the name as it was written
   */
  record Program(String path, boolean foundByName) {}

  /**
   * What to execute.
   *
   * @param name the command's first word
   * @param path the value of PATH, empty for none
   * @param workingDirectory absolute
   * @throws CommandException if there is no such program, or it cannot be executed
   */
  Program find(String name, String path, String workingDirectory)
      throws IOException, CommandException {
    if (name.isEmpty()) {
      throw new CommandException("the command is empty");
    }
    if (name.indexOf('/') >= 0) {
      var absolute = name.startsWith("/") ? name : workingDirectory + "/" + name;
      requireExecutable(name, absolute);
      return new Program(name, true);
    }
    for (var directory : path.split(":", -1)) {
      var candidate = (directory.isEmpty() ? workingDirectory : directory) + "/" + name;
      if (isExecutable(candidate)) {
        requireExecutable(name, candidate);
        return new Program(candidate, isFoundByJdk(name, candidate));
      }
    }
    throw new CommandException(
        quoted(name) + ": executable file not found in $PATH (" + path + ")");
  }

  private boolean isFoundByJdk(String name, String wanted) throws IOException {
    for (var directory : ownPath.split(":", -1)) {
      var candidate = directory + (directory.endsWith("/") ? "" : "/") + name;
      if (candidate.equals(wanted)) {
        return true;
      }
      if (!directory.startsWith("/") || isExecutable(candidate)) {
        return false;
      }
    }
    return false;
  }

  private boolean isExecutable(String absolute) throws IOException {
    var status = files.status(resolve(absolute));
    return status.isPresent() && status.get().isFile() && (status.get().mode() & EXECUTABLE) != 0;
  }

  private void requireExecutable(String name, String absolute)
      throws IOException, CommandException {
    var file = resolve(absolute);
    var status = files.status(file);
    if (status.isEmpty()) {
      throw new CommandException(missing(name));
    } else if (status.get().isDirectory()) {
      throw new CommandException(quoted(name) + ": is a directory");
    } else if (!isExecutable(absolute)) {
      throw new CommandException(quoted(name) + ": permission denied: it is not executable");
    }
    requireLoader(absolute, file);
  }

  private static String missing(String name) {
    return name.endsWith("/sh")
        ? quoted(name)
            + ": not found in the image; the base has no shell, use the exec form"
            + " (RUN [\"program\", \"argument\"])"
        : quoted(name) + ": not found in the image";
  }

  private static String quoted(String name) {
    return "\"" + PrintableText.title(name, LARGEST_NAME) + "\"";
  }

  private void requireLoader(String program, String file) throws IOException, CommandException {
    byte[] head;
    try (var in = files.read(file)) {
      head = in.readNBytes(ProgramHeader.LENGTH);
    }
    var loader = ProgramHeader.loader(head);
    if (loader.isPresent() && files.status(resolve(loader.get())).isEmpty()) {
      throw new CommandException(
          program + " is there, but its " + ProgramHeader.explain(head, loader.get()));
    }
    if (ProgramHeader.isUnknown(head)) {
      throw new CommandException(
          program + ": exec format error: neither a program nor a script that begins with #!");
    }
  }

  private String resolve(String absolute) throws IOException {
    return links.resolve(RawName.of(absolute));
  }
}
