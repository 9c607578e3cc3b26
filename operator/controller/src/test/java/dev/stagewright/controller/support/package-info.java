/** A cluster, a clock and builds to play with. */
@NullMarked
package dev.stagewright.controller.support;

import org.jspecify.annotations.NullMarked;
