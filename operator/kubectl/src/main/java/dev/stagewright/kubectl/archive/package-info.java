/** Creates what the archive of the command line needs to start fast. */
@NullMarked
package dev.stagewright.kubectl.archive;

import org.jspecify.annotations.NullMarked;
