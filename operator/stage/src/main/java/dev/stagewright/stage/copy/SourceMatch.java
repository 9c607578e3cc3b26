package dev.stagewright.stage.copy;

import dev.stagewright.layers.tar.TarEntry;

/**
 * A file or directory that a source means.
 *
 * @param name the last part of its path as the source has it, before links are followed
 * @param below its path below the directory that {@code --parents} keeps, else its path
 * @param entry what is there, links followed
 */
record SourceMatch(String name, String below, TarEntry entry) {}
