/** Pushing to registries. */
@NullMarked
package dev.stagewright.registry.push;

import org.jspecify.annotations.NullMarked;
