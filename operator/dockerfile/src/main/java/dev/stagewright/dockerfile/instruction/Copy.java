package dev.stagewright.dockerfile.instruction;

import java.util.List;
import java.util.Optional;

/**
 * COPY: copies files into the image.
 *
 * @param statement the untyped form
 * @param files sources and destination
 * @param from stage name, stage index, image or named context; empty for the build context
 * @param chown {@code user[:group]}
 * @param chmod octal or symbolic mode
 * @param link whether the layer is independent of the layers below
 * @param parents whether the sources' parent directories are kept
 * @param exclude patterns of files to exclude
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
