/** Reading from registries, one class a verb. */
@NullMarked
package dev.stagewright.registry.pull;

import org.jspecify.annotations.NullMarked;
