/** Whether the process still works, for the liveness probe of its Pod. */
@NullMarked
package dev.stagewright.controller.health;

import org.jspecify.annotations.NullMarked;
