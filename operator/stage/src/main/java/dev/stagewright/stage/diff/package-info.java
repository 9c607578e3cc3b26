/**
 * Finds the changes of an instruction: an index of all files before the instruction is compared
 * with the files after it.
 *
 * <p>Files are not read to find changes. Every change of a file updates its ctime, which only the
 * kernel can set. A comparison of ctime and inode therefore finds all changes, even if modification
 * times were restored.
 */
@NullMarked
package dev.stagewright.stage.diff;

import org.jspecify.annotations.NullMarked;
