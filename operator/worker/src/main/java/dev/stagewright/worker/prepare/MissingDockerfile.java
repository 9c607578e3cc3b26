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
 * Creates the failure for a missing Dockerfile, with the reason and a fix.
 *
 * @param source the source
 * @param wanted path of the Dockerfile; empty for the default names
 */
record MissingDockerfile(SourceTree source, Optional<String> wanted) {
  private static final String OPEN = "failed to read dockerfile: open ";
  private static final String FIELD = "spec.dockerfile ";

  /** The failure for the result of the search. */
  BuildFailedException failure(SourceTextFiles.Result found) throws IOException {
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
              + fix();
      case SourceTextFiles.Result.Outside _ ->
          FIELD
              + "\""
              + path
              + "\" is outside of the source; use a path relative to the root of the source, such as"
              + " build/Dockerfile";
      case SourceTextFiles.Result.IsDirectory _ ->
          OPEN + path + ": is a directory; " + FIELD + "must be the path of a file" + similar();
      case SourceTextFiles.Result.IsSpecial _ ->
          OPEN + path + ": is not a regular file; " + FIELD + "must be the path of a regular file";
      case SourceTextFiles.Result.LinkOutside(var link, var target) ->
          OPEN
              + path
              + ": the symbolic link "
              + link
              + " -> "
              + target
              + " points outside of the source; add the file to the source, or use another file in "
              + FIELD.strip();
      case SourceTextFiles.Result.LinkBroken(var link, var target) ->
          OPEN
              + path
              + ": the symbolic link "
              + link
              + " -> "
              + target
              + " points to a file that does not exist in the source; correct the link, or use another file in "
              + FIELD.strip();
      case SourceTextFiles.Result.TooManyLinks _ ->
          OPEN
              + path
              + ": too many symbolic links; correct the links, or use another file in "
              + FIELD.strip();
    };
  }

  private String fix() throws IOException {
    var similar = similar();
    return (wanted.isPresent()
            ? "correct " + FIELD.strip()
            : "set " + FIELD + "to the path of the Dockerfile")
        + ", relative to the root of the source"
        + similar;
  }

  private String similar() throws IOException {
    var names = new SimilarNames(wanted.orElse(DockerfileNames.DEFAULT)).in(source);
    return names.isEmpty() ? "" : "; the source has " + String.join(", ", names);
  }
}
