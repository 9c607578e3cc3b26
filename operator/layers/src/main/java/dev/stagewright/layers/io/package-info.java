/**
 * Files and streams that can be relied on: a {@link dev.stagewright.layers.io.DurableFile} is there
 * as a whole or not at all, and a {@link dev.stagewright.layers.io.VerifiedInputStream} ends well
 * only if its content was the right one.
 */
@NullMarked
package dev.stagewright.layers.io;

import org.jspecify.annotations.NullMarked;
