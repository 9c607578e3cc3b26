package dev.stagewright.worker.source.git;

import dev.stagewright.protocol.BuildRequest;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Whether a git source keeps its {@code .git}: {@code spec.source.git.keepGitDir} where it is set,
 * else the build argument {@code BUILDKIT_CONTEXT_KEEP_GIT_DIR}.
 *
 * @param source what is fetched
 * @param buildArgs of the build
 */
public record KeepGitDirectory(BuildRequest.Source.Git source, Map<String, String> buildArgs) {
  private static final String ARGUMENT = "BUILDKIT_CONTEXT_KEEP_GIT_DIR";

  /** What Go's {@code strconv.ParseBool} takes. */
  private static final Set<String> TRUE = Set.of("1", "t", "T", "TRUE", "true", "True");

  private static final Set<String> FALSE = Set.of("0", "f", "F", "FALSE", "false", "False");

  /** Whether it comes; it never does with a directory of the repository. */
  public boolean isWanted() {
    return isAsked() && !hasDirectory();
  }

  /** Why {@code .git} does not come though it was asked for; empty where all is well. */
  public Optional<String> problem() {
    var argument = argument();
    if (source.keepGitDirectory().isEmpty()
        && argument.filter(value -> !TRUE.contains(value) && !FALSE.contains(value)).isPresent()) {
      return Optional.of(
          "the build argument "
              + ARGUMENT
              + " is \""
              + argument.get()
              + "\" and so ignored: it must be true or false, 1 or 0");
    }
    return isAsked() && hasDirectory()
        ? Optional.of(
            "the context has no .git, because spec.source.git.directory makes "
                + source.directory().orElseThrow()
                + " its root: remove directory, and name the Dockerfile by its path in"
                + " spec.dockerfile")
        : Optional.empty();
  }

  private boolean isAsked() {
    return source.keepGitDirectory().orElseGet(() -> argument().filter(TRUE::contains).isPresent());
  }

  private Optional<String> argument() {
    return Optional.ofNullable(buildArgs.get(ARGUMENT)).filter(value -> !value.isEmpty());
  }

  private boolean hasDirectory() {
    return source.directory().filter(path -> !GitTree.clean(path).isEmpty()).isPresent();
  }
}
