package dev.stagewright.stage.copy;

import dev.stagewright.layers.tar.TarEntry;

/**
 * A file or directory that matches a source.
 *
 * @param name last part of the path in the source, before symbolic links are followed
 * @param below path below the first directory that {@code --parents} keeps; otherwise the path
 * @param entry entry with symbolic links followed
 */
record SourceMatch(String name, String below, TarEntry entry) {}
