package dev.stagewright.worker.prepare;

import dev.stagewright.dockerfile.ignore.IgnoreException;
import dev.stagewright.dockerfile.ignore.IgnoreRules;
import dev.stagewright.protocol.BuildFailedException;
import dev.stagewright.protocol.Failure;
import dev.stagewright.protocol.FailureReason;
import dev.stagewright.protocol.stream.SourceStreamHeader.StreamedDockerfile;
import dev.stagewright.worker.source.DockerfileNames;
import dev.stagewright.worker.source.SourceTextFiles;
import dev.stagewright.worker.source.SourceTree;
import java.io.IOException;
import java.util.List;
import java.util.Optional;

/**
 * The Dockerfile and the ignore file of a source.
 *
 * @param path of the Dockerfile inside the source
 * @param text of the Dockerfile
 * @param ignore rules of the ignore file; empty if there is none
 */
record DockerfileText(String path, String text, Optional<IgnoreRules> ignore) {
  static final String IGNORE = ".dockerignore";
  private static final String GIT = ".git";

  /**
   * Reads the Dockerfile and the ignore file.
   *
   * @param wanted path of the Dockerfile; empty for the default names
   * @throws BuildFailedException if the source has no Dockerfile, or the ignore file is invalid
   */
  static DockerfileText read(SourceTree source, Optional<String> wanted) throws IOException {
    var sent = source.dockerfile();
    if (sent.isPresent()) {
      return of(sent.get());
    }
    var files = new SourceTextFiles(source);
    SourceTextFiles.Result first = new SourceTextFiles.Result.Missing();
    for (var path : wanted.map(List::of).orElse(DockerfileNames.DEFAULTS)) {
      var result = files.find(path);
      if (result instanceof SourceTextFiles.Result.Found(var text)) {
        return new DockerfileText(path, text, ignore(files, path));
      }
      if (first instanceof SourceTextFiles.Result.Missing) {
        first = result;
      }
    }
    throw new MissingDockerfile(source, wanted).failure(first);
  }

  private static DockerfileText of(StreamedDockerfile sent) {
    return new DockerfileText(
        sent.path(), sent.text(), sent.ignore().map(file -> rules(file.path(), file.text())));
  }

  private static Optional<IgnoreRules> ignore(SourceTextFiles files, String dockerfile)
      throws IOException {
    for (var path : List.of(dockerfile + IGNORE, IGNORE)) {
      var text = files.read(path);
      if (text.isPresent()) {
        return Optional.of(rules(path, text.get() + keptGit(files.tree())));
      }
    }
    return Optional.empty();
  }

  /**
   * A rule that includes {@code .git} if the request keeps it, so that lint does not report it as
   * excluded.
   */
  private static String keptGit(SourceTree source) {
    return source.isAlwaysIncluded(GIT) ? "\n!" + GIT + "\n" : "";
  }

  private static IgnoreRules rules(String path, String text) {
    try {
      return IgnoreRules.parse(text);
    } catch (IgnoreException e) {
      throw new BuildFailedException(
          Failure.of(
              FailureReason.DockerfileInvalid,
              "failed to read " + path + ", line " + e.line() + ": " + e.getMessage()),
          e);
    }
  }
}
