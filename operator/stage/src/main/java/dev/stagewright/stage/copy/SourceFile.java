package dev.stagewright.stage.copy;

import dev.stagewright.layers.oci.Digest;
import dev.stagewright.layers.tar.TarEntry;
import java.util.Optional;

/**
 * A file or directory that an instruction reads.
 *
 * @param source number of the source, starting at 0; remote sources of ADD are counted too
 * @param placed raw path relative to the destination; empty for a bind mount's own path
 * @param entry entry with hard links resolved; its name is the raw path in the source
 * @param content digest of the content; empty for other types than files
 * @param link {@code placed} of an earlier file of the same source that is the same file, because
 *     both are hard links; empty if there is none
 */
public record SourceFile(
    int source, String placed, TarEntry entry, Optional<Digest> content, Optional<String> link) {}
