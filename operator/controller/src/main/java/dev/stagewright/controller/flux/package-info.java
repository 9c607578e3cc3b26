/** Sources of Flux: reads their artifacts, and triggers runs when an artifact changes. */
@NullMarked
package dev.stagewright.controller.flux;

import org.jspecify.annotations.NullMarked;
