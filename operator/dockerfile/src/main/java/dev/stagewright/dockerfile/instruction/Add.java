package dev.stagewright.dockerfile.instruction;

import java.util.List;
import java.util.Optional;

/**
 * ADD: copies files, archives, URLs and git repositories into the image.
 *
 * @param statement what it was read from
 * @param files sources and destination
 * @param chown {@code user[:group]}
 * @param chmod octal or symbolic mode
 * @param link whether the layer is made independently of those below
 * @param exclude patterns of what not to copy
 * @param keepGitDir whether {@code .git} of a repository is kept; empty where not said
 * @param checksum what a remote source must be
 * @param unpack whether archives are extracted; empty means local ones only
 */
public record Add(
    Statement statement,
    SourcesAndDestination files,
    Optional<String> chown,
    Optional<String> chmod,
    boolean link,
    List<String> exclude,
    Optional<Boolean> keepGitDir,
    Optional<String> checksum,
    Optional<Boolean> unpack)
    implements Instruction {
  /** Copies the list. */
  public Add {
    exclude = List.copyOf(exclude);
  }
}
