package dev.stagewright.kubectl.migrate;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;

/**
 * An ImageBuild, and what the user should know about it.
 *
 * @param build only with the fields that differ from their defaults
 * @param notes in the order of the arguments
 */
public record Migration(ObjectNode build, List<String> notes, boolean isComplete) {
  static Migration of(ObjectNode build, List<MigrationNote> notes) {
    return new Migration(
        build,
        notes.stream().distinct().map(MigrationNote::toString).toList(),
        notes.stream().noneMatch(note -> note.kind() == MigrationNote.Kind.TODO));
  }
}
