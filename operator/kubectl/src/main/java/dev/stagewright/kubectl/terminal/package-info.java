/** The terminal that the output goes to: width, colors, and character set. */
@NullMarked
package dev.stagewright.kubectl.terminal;

import org.jspecify.annotations.NullMarked;
