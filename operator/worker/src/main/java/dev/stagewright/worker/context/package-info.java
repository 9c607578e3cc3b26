/**
 * Writes the build context to the workspace: the files of the source that the ignore file does not
 * exclude, as an indexed tar.
 */
@NullMarked
package dev.stagewright.worker.context;

import org.jspecify.annotations.NullMarked;
