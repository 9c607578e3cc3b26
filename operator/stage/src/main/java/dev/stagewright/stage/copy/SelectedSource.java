package dev.stagewright.stage.copy;

/**
 * A file or directory to copy.
 *
 * @param tree tree that contains it
 * @param match entry of the file or directory
 * @param unpack whether to unpack it if it is an archive
 */
record SelectedSource(CopySourceTree tree, SourceMatch match, boolean unpack) {}
