/** The logs of a run's containers, which the operator follows as streams. */
@NullMarked
package dev.stagewright.controller.logs;

import org.jspecify.annotations.NullMarked;
