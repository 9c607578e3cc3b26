/** Opens a shell in the environment of a stage that runs or has failed. */
@NullMarked
package dev.stagewright.kubectl.debug;

import org.jspecify.annotations.NullMarked;
