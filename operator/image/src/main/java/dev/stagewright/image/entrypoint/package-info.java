/** The command line of the image. */
@NullMarked
package dev.stagewright.image.entrypoint;

import org.jspecify.annotations.NullMarked;
