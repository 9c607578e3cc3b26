/**
 * Reliable files and streams: a {@link dev.stagewright.layers.io.DurableFile} exists completely or
 * not at all, and a {@link dev.stagewright.layers.io.VerifiedInputStream} ends normally only if its
 * content matches its descriptor.
 */
@NullMarked
package dev.stagewright.layers.io;

import org.jspecify.annotations.NullMarked;
