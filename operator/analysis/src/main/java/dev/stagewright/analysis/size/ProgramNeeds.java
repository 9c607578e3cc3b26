package dev.stagewright.analysis.size;

import dev.stagewright.analysis.program.Linking;
import java.util.List;
import java.util.Optional;

/**
 * What the program of an image needs to start: the program itself, its interpreters, and the
 * libraries of all of them.
 *
 * @param program absolute path of the program that the container starts; empty if the image has
 *     none
 * @param linking how the program is linked
 * @param interpreters absolute paths of shells and other interpreters that the start needs
 * @param files what the program cannot start without
 * @param paths absolute paths of these files; bounded
 * @param complete whether all of them were found
 */
public record ProgramNeeds(
    Optional<String> program,
    Linking linking,
    List<String> interpreters,
    FileTotals files,
    List<String> paths,
    boolean complete) {
  /** Copies the lists. */
  public ProgramNeeds {
    interpreters = List.copyOf(interpreters);
    paths = List.copyOf(paths);
  }
}
