package dev.stagewright.worker.source.git;

import dev.stagewright.protocol.SourceRequest;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Whether a git source keeps its {@code .git} directory: {@code spec.source.git.keepGitDir} if it
 * is set, else the build argument {@code BUILDKIT_CONTEXT_KEEP_GIT_DIR}.
 *
 * @param source the source
 * @param buildArgs the build arguments
 */
public record KeepGitDirectory(SourceRequest.Git source, Map<String, String> buildArgs) {
  private static final String ARGUMENT = "BUILDKIT_CONTEXT_KEEP_GIT_DIR";

  /** The values that Go's {@code strconv.ParseBool} accepts. */
  private static final Set<String> TRUE = Set.of("1", "t", "T", "TRUE", "true", "True");

  private static final Set<String> FALSE = Set.of("0", "f", "F", "FALSE", "false", "False");

  /** Whether {@code .git} is kept; never with a directory of the repository. */
  public boolean isEnabled() {
    return isRequested() && !hasDirectory();
  }

  /** Returns why {@code .git} is missing although it was requested; empty for no problem. */
  public Optional<String> problem() {
    var argument = argument();
    if (source.keepGitDirectory().isEmpty()
        && argument.filter(value -> !TRUE.contains(value) && !FALSE.contains(value)).isPresent()) {
      return Optional.of(
          "the build argument "
              + ARGUMENT
              + " is \""
              + argument.get()
              + "\" and is ignored: the value must be true or false, 1 or 0");
    }
    return isRequested() && hasDirectory()
        ? Optional.of(
            "the context has no .git, because spec.source.git.directory makes "
                + source.directory().orElseThrow()
                + " its root: remove the field directory, and set the path of the Dockerfile in"
                + " spec.dockerfile")
        : Optional.empty();
  }

  private boolean isRequested() {
    return source.keepGitDirectory().orElseGet(() -> argument().filter(TRUE::contains).isPresent());
  }

  private Optional<String> argument() {
    return Optional.ofNullable(buildArgs.get(ARGUMENT)).filter(value -> !value.isEmpty());
  }

  private boolean hasDirectory() {
    return source.directory().filter(path -> !GitTree.normalize(path).isEmpty()).isPresent();
  }
}
