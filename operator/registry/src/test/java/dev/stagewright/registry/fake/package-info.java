/** A fake registry for tests that verifies requests, with configurable responses and faults. */
@NullMarked
package dev.stagewright.registry.fake;

import org.jspecify.annotations.NullMarked;
