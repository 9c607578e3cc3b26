/** The command line as users install it, also as a plugin of kubectl. */
@NullMarked
package dev.stagewright.tool;

import org.jspecify.annotations.NullMarked;
