/** The command line of the image. */
@NullMarked
package dev.stagewright.cli;

import org.jspecify.annotations.NullMarked;
