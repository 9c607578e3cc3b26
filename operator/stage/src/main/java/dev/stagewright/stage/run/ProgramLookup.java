package dev.stagewright.stage.run;

import dev.stagewright.layers.tar.RawName;
import dev.stagewright.protocol.PrintableText;
import dev.stagewright.stage.path.LinkResolver;
import java.io.IOException;

/**
 * Finds the program of a command in the files and the PATH of the command. The JDK searches the
 * PATH of the runtime, which the first process of a container has from the base image of the stage.
 * If both searches find the same file, the JDK gets the name, since only then the program is called
 * by the name in the Dockerfile.
 */
final class ProgramLookup {
  private static final int EXECUTABLE = 0111;

  /** The largest name in a message, in bytes. */
  private static final int LARGEST_NAME = 200;

  private final VisibleFiles files;
  private final String ownPath;
  private final LinkResolver links;

  /**
   * Finds programs in these files.
   *
   * @param ownPath PATH of the runtime; empty for none
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
   * @param foundByName whether the JDK finds the program by the name in the Dockerfile
   */
  record Program(String path, boolean foundByName) {}

  /**
   * Finds a program.
   *
   * @param name first word of the command
   * @param path value of PATH; empty for none
   * @param workingDirectory absolute
   * @throws CommandException if the program does not exist or cannot be executed
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
      throw new CommandException(quoted(name) + ": permission denied: the file is not executable");
    }
    requireLoader(absolute, file);
  }

  private static String missing(String name) {
    return name.endsWith("/sh")
        ? quoted(name)
            + ": not found in the image; the base image has no shell, use the exec form"
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
          program + " exists, but its " + ProgramHeader.explain(head, loader.get()));
    }
    if (ProgramHeader.isUnknown(head)) {
      throw new CommandException(
          program
              + ": exec format error: the file is neither a program nor a script that starts with #!");
    }
  }

  private String resolve(String absolute) throws IOException {
    return links.resolve(RawName.of(absolute));
  }
}
