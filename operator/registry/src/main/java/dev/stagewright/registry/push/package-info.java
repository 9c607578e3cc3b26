/** Writing to registries, one class a verb. */
@NullMarked
package dev.stagewright.registry.push;

import org.jspecify.annotations.NullMarked;
