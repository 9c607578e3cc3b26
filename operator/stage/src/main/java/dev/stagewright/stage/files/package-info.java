/** Converts between files of a root and entries of an archive. */
@NullMarked
package dev.stagewright.stage.files;

import org.jspecify.annotations.NullMarked;
