/** A fake cluster, a clock and builds for tests. */
@NullMarked
package dev.stagewright.controller.support;

import org.jspecify.annotations.NullMarked;
