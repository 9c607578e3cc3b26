/**
 * What an instruction changed: an index of all files is taken before it and compared with the files
 * after it.
 *
 * <p>No file is read to find changes. Every change of a file moves its ctime, which only the kernel
 * can set, so comparing that and the inode misses nothing, restored modification times included.
 */
@NullMarked
package dev.stagewright.stage.diff;

import org.jspecify.annotations.NullMarked;
