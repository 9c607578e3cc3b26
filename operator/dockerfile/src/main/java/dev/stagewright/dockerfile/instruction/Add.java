package dev.stagewright.dockerfile.instruction;

import java.util.List;
import java.util.Optional;

/**
 * ADD: copies files, archives, URLs and Git repositories into the image.
 *
 * @param statement the untyped form
 * @param files sources and destination
 * @param chown {@code user[:group]}
 * @param chmod octal or symbolic mode
 * @param link whether the layer is independent of the layers below
 * @param exclude patterns of files to exclude
 * @param keepGitDir whether {@code .git} of a repository is kept; empty if not specified
 * @param checksum expected digest of a remote source
 * @param unpack whether archives are extracted; empty to extract local archives only
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
