/** Converts invocations of other builders to ImageBuilds. */
@NullMarked
package dev.stagewright.kubectl.migrate;

import org.jspecify.annotations.NullMarked;
