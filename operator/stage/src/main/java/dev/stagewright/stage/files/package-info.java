/** Between files of a root and entries of an archive: reading the one, making the other. */
@NullMarked
package dev.stagewright.stage.files;

import org.jspecify.annotations.NullMarked;
