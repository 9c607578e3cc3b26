package dev.stagewright.worker.prepare;

import dev.stagewright.protocol.BuildFailedException;
import dev.stagewright.protocol.Failure;
import dev.stagewright.protocol.FailureReason;
import dev.stagewright.worker.source.SourceTree;
import dev.stagewright.worker.source.TextFiles;
import java.io.IOException;
import java.util.List;
import java.util.Optional;

/**
 * A Dockerfile and the ignore file that goes with it, as they stand in the source.
 *
 * @param path inside the source
 * @param text of the Dockerfile
 * @param ignore text of the ignore file; empty where there is none
 */
record DockerfileText(String path, String text, String ignore) {
  private static final List<String> DEFAULTS = List.of("Dockerfile", "dockerfile");
  private static final String IGNORE = ".dockerignore";

  /**
   * Reads both.
   *
   * @param wanted path of the Dockerfile; empty for the usual names
   * @throws BuildFailedException if the source has no such file
   */
  static DockerfileText read(SourceTree source, Optional<String> wanted) throws IOException {
    var files = new TextFiles(source);
    for (var path : wanted.map(List::of).orElse(DEFAULTS)) {
      var text = files.read(path);
      if (text.isPresent()) {
        return new DockerfileText(path, text.get(), ignore(files, path));
      }
    }
    throw new BuildFailedException(
        Failure.of(
            FailureReason.DockerfileNotFound,
            "failed to read dockerfile: open "
                + wanted.orElse(DEFAULTS.getFirst())
                + ": no such file or directory in the source; its path is set by spec.dockerfile"));
  }

  private static String ignore(TextFiles files, String path) throws IOException {
    var own = files.read(path + IGNORE);
    return own.isPresent() ? own.get() : files.read(IGNORE).orElse("");
  }
}
