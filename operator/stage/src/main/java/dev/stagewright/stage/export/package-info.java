/** Exports the files of a stage that other stages copy. */
@NullMarked
package dev.stagewright.stage.export;

import org.jspecify.annotations.NullMarked;
