/**
 * Completes command lines. The scripts of all shells call the hidden command {@code __complete},
 * which answers in the protocol of Cobra that kubectl uses for its plugins, too.
 */
@NullMarked
package dev.stagewright.kubectl.completion;

import org.jspecify.annotations.NullMarked;
