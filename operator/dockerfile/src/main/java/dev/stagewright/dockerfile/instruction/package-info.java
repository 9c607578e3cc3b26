/**
 * The 18 instructions as records. Values are as written, before any variable is expanded; each
 * instruction keeps the {@link dev.stagewright.dockerfile.instruction.Statement} it was read from.
 */
@NullMarked
package dev.stagewright.dockerfile.instruction;

import org.jspecify.annotations.NullMarked;
