/** What a stage hands to those that copy from it. */
@NullMarked
package dev.stagewright.stage.export;

import org.jspecify.annotations.NullMarked;
