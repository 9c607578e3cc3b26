/** Content of files in Git LFS, by its batch API. */
@NullMarked
package dev.stagewright.worker.source.git.lfs;

import org.jspecify.annotations.NullMarked;
