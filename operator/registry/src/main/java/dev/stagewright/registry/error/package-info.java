/**
 * What goes wrong with registries: what they answer, what kind of failure that is, and words for
 * the user.
 */
@NullMarked
package dev.stagewright.registry.error;

import org.jspecify.annotations.NullMarked;
