package dev.stagewright.dockerfile.instruction;

import java.util.List;
import java.util.Optional;

/**
 * COPY: copies files into the image.
 *
 * @param statement what it was read from
 * @param files sources and destination
 * @param from stage name, stage index, image or named context; empty means the build context
 * @param chown {@code user[:group]}
 * @param chmod octal or symbolic mode
 * @param link whether the layer is made independently of those below
 * @param parents whether the sources' parent directories are kept
 * @param exclude patterns of what not to copy
 */
public record Copy(
    Statement statement,
    SourcesAndDestination files,
    Optional<String> from,
    Optional<String> chown,
    Optional<String> chmod,
    boolean link,
    boolean parents,
    List<String> exclude)
    implements Instruction {
  /** Copies the list. */
  public Copy {
    exclude = List.copyOf(exclude);
  }
}
