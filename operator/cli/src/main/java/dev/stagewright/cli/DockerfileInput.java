package dev.stagewright.cli;

import dev.stagewright.dockerfile.ignore.IgnoreException;
import dev.stagewright.dockerfile.ignore.IgnoreRules;
import dev.stagewright.dockerfile.source.DockerfileException;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Command line options for the Dockerfile and the build context. */
final class DockerfileInput {
  private static final String STDIN = "-";
  private static final int MOST_PATHS = 200_000;

  @Parameters(
      index = "0",
      paramLabel = "FILE",
      arity = "0..1",
      defaultValue = "Dockerfile",
      description = "The Dockerfile; - reads standard input. Default: ${DEFAULT-VALUE}")
  private String file = "Dockerfile";

  @Option(
      names = "--context",
      paramLabel = "DIRECTORY",
      description = "The build context. Default: the directory of the Dockerfile")
  private @Nullable Path context;

  String name() {
    return file;
  }

  String text() throws IOException {
    var bytes = file.equals(STDIN) ? System.in.readAllBytes() : Files.readAllBytes(Path.of(file));
    return new String(bytes, StandardCharsets.UTF_8);
  }

  /**
   * The build context; empty if the Dockerfile is read from standard input and no context is given.
   */
  Optional<Path> context() {
    if (context != null) {
      return Optional.of(context);
    }
    if (file.equals(STDIN)) {
      return Optional.empty();
    }
    return Optional.ofNullable(Path.of(file).toAbsolutePath().getParent());
  }

  /** The ignore file of the Dockerfile, or of the build context. */
  Optional<IgnoreRules> ignore() throws IOException {
    var beside = Path.of(file + ".dockerignore");
    if (!file.equals(STDIN) && Files.isRegularFile(beside)) {
      return Optional.of(read(beside));
    }
    var inContext = context().map(folder -> folder.resolve(".dockerignore"));
    return inContext.isPresent() && Files.isRegularFile(inContext.get())
        ? Optional.of(read(inContext.get()))
        : Optional.empty();
  }

  /**
   * The paths in the build context, without ignored paths; empty if there is no context or it has
   * too many files.
   */
  Optional<List<String>> contextPaths(IgnoreRules ignore) throws IOException {
    if (context().isEmpty() || !Files.isDirectory(context().get())) {
      return Optional.empty();
    }
    var root = context().get();
    try (Stream<Path> paths = Files.walk(root)) {
      var names =
          paths
              .skip(1)
              .limit(MOST_PATHS + 1L)
              .map(path -> root.relativize(path).toString().replace('\\', '/'))
              .filter(path -> !ignore.ignores(path))
              .toList();
      return names.size() > MOST_PATHS ? Optional.empty() : Optional.of(names);
    } catch (UncheckedIOException e) {
      throw e.getCause();
    }
  }

  int reportUnreadable(PrintWriter err, IOException e) {
    err.println("cannot read " + file + ": " + e);
    return ExitCode.UNREADABLE;
  }

  int reportInvalid(PrintWriter err, DockerfileException e) {
    err.println(file + ":" + e.position() + ": " + e.getMessage());
    return ExitCode.INVALID_DOCKERFILE;
  }

  private static IgnoreRules read(Path ignoreFile) throws IOException {
    try {
      return IgnoreRules.parse(Files.readString(ignoreFile));
    } catch (IgnoreException e) {
      throw new IOException(ignoreFile + ", line " + e.line() + ": " + e.getMessage(), e);
    }
  }
}
