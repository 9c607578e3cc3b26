/**
 * The build context: the source's files, less what the ignore file excludes, as an indexed tar on
 * the workspace.
 */
@NullMarked
package dev.stagewright.worker.context;

import org.jspecify.annotations.NullMarked;
