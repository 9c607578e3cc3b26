package dev.stagewright.worker.source.archive;

import dev.stagewright.layers.tar.IndexedTar;
import java.util.Set;

/**
 * An archive with an index.
 *
 * @param tar the archive
 * @param linked the paths of files that have hard links
 */
record ArchiveFiles(IndexedTar tar, Set<String> linked) {}
