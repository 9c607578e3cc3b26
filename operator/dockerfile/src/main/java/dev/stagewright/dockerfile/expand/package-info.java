/**
 * Variable expansion as BuildKit's shell lexer does it: quotes, escapes, {@code $name} and every
 * {@code ${name...}} form. Usable alone.
 */
@NullMarked
package dev.stagewright.dockerfile.expand;

import org.jspecify.annotations.NullMarked;
