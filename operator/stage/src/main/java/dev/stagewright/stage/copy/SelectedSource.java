package dev.stagewright.stage.copy;

/**
 * Something that an instruction copies.
 *
 * @param tree what it is part of
 * @param match what it is
 * @param unpack whether it is unpacked if it is an archive
 */
record SelectedSource(CopySourceTree tree, SourceMatch match, boolean unpack) {}
