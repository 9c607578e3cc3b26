/**
 * The cache of instructions, without I/O: the key of a step ({@code key}), what is recorded under a
 * key ({@code record}), and why a step is not cached ({@code miss}).
 */
@NullMarked
package dev.stagewright.cache;

import org.jspecify.annotations.NullMarked;
