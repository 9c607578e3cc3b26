/** Pulling from registries, with one class per API operation. */
@NullMarked
package dev.stagewright.registry.pull;

import org.jspecify.annotations.NullMarked;
