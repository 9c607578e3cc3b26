/** A registry for tests, strict about what it is asked, whose answers and faults can be chosen. */
@NullMarked
package dev.stagewright.registry.fake;

import org.jspecify.annotations.NullMarked;
