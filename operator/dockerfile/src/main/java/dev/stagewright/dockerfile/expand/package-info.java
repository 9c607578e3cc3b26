/**
 * Variable expansion, compatible with BuildKit's shell lexer: quotes, escapes, {@code $name} and
 * every {@code ${name...}} form. The package does not depend on the parser.
 */
@NullMarked
package dev.stagewright.dockerfile.expand;

import org.jspecify.annotations.NullMarked;
