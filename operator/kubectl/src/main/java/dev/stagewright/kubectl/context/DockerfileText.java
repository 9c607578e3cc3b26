package dev.stagewright.kubectl.context;

import dev.stagewright.dockerfile.ignore.IgnoreException;
import dev.stagewright.dockerfile.ignore.IgnoreRules;
import dev.stagewright.protocol.stream.SourceStreamHeader.StreamedDockerfile;
import dev.stagewright.protocol.stream.SourceStreamHeader.StreamedIgnoreFile;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * A Dockerfile with the rules of its ignore file.
 *
 * @param dockerfile as it is sent
 * @param rules of the ignore file
 */
public record DockerfileText(StreamedDockerfile dockerfile, IgnoreRules rules) {
  private static final List<String> DEFAULT_NAMES = List.of("Dockerfile", "dockerfile");
  private static final String IGNORE = ".dockerignore";

  /**
   * Reads the Dockerfile of a folder.
   *
   * @param file value of {@code --file}, relative to the working directory, or else to the folder;
   *     it may be outside of the folder
   * @throws ContextException if there is no Dockerfile, or the ignore file is invalid
   */
  public static DockerfileText find(Path folder, Optional<Path> file) throws ContextException {
    if (file.isEmpty()) {
      for (var name : DEFAULT_NAMES) {
        if (Files.isRegularFile(folder.resolve(name))) {
          return read(folder, folder.resolve(name), name);
        }
      }
      throw new ContextException(
          "%s has no Dockerfile; name the file with -f"
              .formatted(folder.toAbsolutePath().normalize()));
    }
    var inFolder = folder.resolve(file.get());
    var path = Files.exists(file.get()) || !Files.exists(inFolder) ? file.get() : inFolder;
    if (Files.isDirectory(path)) {
      throw new ContextException("the Dockerfile %s is a directory".formatted(path));
    }
    if (!Files.exists(path)) {
      throw new ContextException("the Dockerfile %s does not exist".formatted(path));
    }
    return read(folder, path, name(folder, path));
  }

  /** A Dockerfile that is not in a file, with the ignore file of the folder. */
  public static DockerfileText of(Path folder, String text) throws ContextException {
    return of("Dockerfile", text, ignore(folder.resolve(IGNORE), IGNORE));
  }

  /** A Dockerfile without an ignore file. */
  public static DockerfileText of(String text) throws ContextException {
    return of("Dockerfile", text, Optional.empty());
  }

  private static DockerfileText read(Path folder, Path path, String name) throws ContextException {
    var own = path.resolveSibling(path.getFileName() + IGNORE);
    var ignore = ignore(own, name + IGNORE);
    return of(
        name, text(path), ignore.isPresent() ? ignore : ignore(folder.resolve(IGNORE), IGNORE));
  }

  private static DockerfileText of(String name, String text, Optional<StreamedIgnoreFile> ignore)
      throws ContextException {
    return new DockerfileText(
        new StreamedDockerfile(name, text, ignore),
        ignore.isPresent() ? rules(ignore.get()) : IgnoreRules.none());
  }

  private static IgnoreRules rules(StreamedIgnoreFile file) throws ContextException {
    try {
      return IgnoreRules.parse(file.text());
    } catch (IgnoreException e) {
      throw new ContextException(
          "failed to read %s, line %d: %s".formatted(file.path(), e.line(), e.getMessage()));
    }
  }

  private static Optional<StreamedIgnoreFile> ignore(Path path, String name)
      throws ContextException {
    return Files.isRegularFile(path)
        ? Optional.of(new StreamedIgnoreFile(name, text(path)))
        : Optional.empty();
  }

  /** The path that messages show: relative to the folder, also if the file is outside of it. */
  private static String name(Path folder, Path path) {
    var from = folder.toAbsolutePath().normalize();
    var to = path.toAbsolutePath().normalize();
    return from.getRoot() != null && from.getRoot().equals(to.getRoot())
        ? from.relativize(to).toString().replace('\\', '/')
        : to.getFileName().toString();
  }

  private static String text(Path path) throws ContextException {
    try {
      return new String(Files.readAllBytes(path), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw Unreadable.file(path, e);
    }
  }
}
