package dev.stagewright.kubectl;

import dev.stagewright.kubectl.build.GitContext;
import dev.stagewright.kubectl.context.BuildContext;
import dev.stagewright.kubectl.context.ContextException;
import dev.stagewright.kubectl.context.DockerfileText;
import dev.stagewright.kubectl.context.FolderContext;
import dev.stagewright.kubectl.context.InputContext;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** The arguments that select the build context and the Dockerfile. */
final class BuildSourceOptions {
  private static final String STANDARD_INPUT = "-";

  @Parameters(
      paramLabel = "PATH|URL|-",
      description =
          "Folder with the build context, URL of a Git repository, or - for a Dockerfile or a tar"
              + " archive on standard input")
  private String context = "";

  @Option(
      names = {"-f", "--file"},
      paramLabel = "FILE",
      description =
          "Dockerfile, also outside of the context; - for standard input. Default: Dockerfile in"
              + " the context")
  private @Nullable String file;

  /**
   * The source of a build.
   *
   * @param field {@code spec.source}
   * @param dockerfile {@code spec.dockerfile}
   * @param sent the context that the command sends; empty if the cluster fetches the source
   */
  record Selected(
      Map<String, Object> field, Optional<String> dockerfile, Optional<BuildContext> sent) {}

  /**
   * Reads the context.
   *
   * @throws IllegalArgumentException for wrong usage, with a message for the user
   */
  Selected select(InputStream input) throws ContextException, IOException {
    var dockerfile = Optional.ofNullable(file);
    var git = GitContext.parse(context);
    if (git.isPresent()) {
      return new Selected(Map.of("git", git.get().source()), dockerfile, Optional.empty());
    }
    if (context.equals(STANDARD_INPUT)) {
      if (dockerfile.filter(STANDARD_INPUT::equals).isPresent()) {
        throw new IllegalArgumentException(
            "the Dockerfile and the context cannot both be on standard input");
      }
      return streamed(inputContext(InputContext.read(input), dockerfile), dockerfile);
    }
    return streamed(folder(Path.of(context), dockerfile, input), Optional.empty());
  }

  /** A Dockerfile that is not in the archive is a file of this machine, as with Docker. */
  private static InputContext inputContext(InputContext context, Optional<String> dockerfile) {
    if (dockerfile.isPresent() && !context.isArchive()) {
      throw new IllegalArgumentException("-f requires a context; standard input is a Dockerfile");
    }
    return context;
  }

  private static Selected streamed(BuildContext context, Optional<String> dockerfile) {
    return new Selected(Map.of("stream", Map.of()), dockerfile, Optional.of(context));
  }

  private static FolderContext folder(Path folder, Optional<String> dockerfile, InputStream input)
      throws ContextException, IOException {
    if (!Files.isDirectory(folder)) {
      throw new ContextException(
          Files.exists(folder)
              ? folder
                  + " is not a folder; the context must be a folder, - or the URL of a Git repository"
              : "the folder " + folder + " does not exist");
    }
    var text =
        dockerfile.filter(STANDARD_INPUT::equals).isPresent()
            ? DockerfileText.of(folder, new String(input.readAllBytes(), StandardCharsets.UTF_8))
            : DockerfileText.find(folder, dockerfile.map(Path::of));
    return FolderContext.scan(folder, text);
  }
}
