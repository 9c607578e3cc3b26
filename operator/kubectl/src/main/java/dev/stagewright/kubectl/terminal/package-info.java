/** What the output goes to: its width, its colours, the characters that it can show. */
@NullMarked
package dev.stagewright.kubectl.terminal;

import org.jspecify.annotations.NullMarked;
