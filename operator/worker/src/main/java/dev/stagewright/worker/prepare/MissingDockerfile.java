package dev.stagewright.worker.prepare;

import dev.stagewright.protocol.BuildFailedException;
import dev.stagewright.protocol.Failure;
import dev.stagewright.protocol.FailureReason;
import dev.stagewright.worker.source.DockerfileNames;
import dev.stagewright.worker.source.SourceTextFiles;
import dev.stagewright.worker.source.SourceTree;
import java.io.IOException;
import java.util.Optional;

/**
 * Says why there is no Dockerfile, and what to do.
 *
 * @param source where it was looked for
 * @param wanted path of the Dockerfile; empty for the usual names
 */
record MissingDockerfile(SourceTree source, Optional<String> wanted) {
  private static final String OPEN = "failed to read dockerfile: open ";
  private static final String FIELD = "spec.dockerfile ";

  /** The failure for what was found instead. */
  BuildFailedException because(SourceTextFiles.Result found) throws IOException {
    return new BuildFailedException(Failure.of(FailureReason.DockerfileNotFound, message(found)));
  }

  private String message(SourceTextFiles.Result found) throws IOException {
    var path = wanted.orElse(DockerfileNames.DEFAULT);
    return switch (found) {
      case SourceTextFiles.Result.Found _, SourceTextFiles.Result.Missing _ ->
          OPEN
              + path
              + ": no such file or directory in the source ("
              + source.description()
              + "); "
              + cure();
      case SourceTextFiles.Result.Outside _ ->
          FIELD
              + "\""
              + path
              + "\" leads out of the source; give a path relative to its root, such as"
              + " build/Dockerfile";
      case SourceTextFiles.Result.IsDirectory _ ->
          OPEN + path + ": it is a directory; " + FIELD + "must name a file" + similar();
      case SourceTextFiles.Result.IsSpecial _ ->
          OPEN + path + ": it is not a regular file; " + FIELD + "must name one";
      case SourceTextFiles.Result.LinkOutside(var link, var target) ->
          OPEN
              + path
              + ": the symbolic link "
              + link
              + " -> "
              + target
              + " leads out of the source; put the file into the source, or name another in "
              + FIELD.strip();
      case SourceTextFiles.Result.LinkBroken(var link, var target) ->
          OPEN
              + path
              + ": the symbolic link "
              + link
              + " -> "
              + target
              + " leads to nothing in the source; correct the link, or name a file in "
              + FIELD.strip();
      case SourceTextFiles.Result.TooManyLinks _ ->
          OPEN
              + path
              + ": too many symbolic links; correct them, or name a file in "
              + FIELD.strip();
    };
  }

  private String cure() throws IOException {
    var similar = similar();
    return (wanted.isPresent() ? "correct " + FIELD.strip() : "set " + FIELD + "to its path")
        + ", which is relative to the root of the source"
        + similar;
  }

  private String similar() throws IOException {
    var names = new SimilarNames(wanted.orElse(DockerfileNames.DEFAULT)).in(source);
    return names.isEmpty() ? "" : "; the source has " + String.join(", ", names);
  }
}
