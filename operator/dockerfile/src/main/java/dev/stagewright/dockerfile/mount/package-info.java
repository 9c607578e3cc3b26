/** What {@code RUN --mount} says, as types: bind, cache, tmpfs, secret and ssh. */
@NullMarked
package dev.stagewright.dockerfile.mount;

import org.jspecify.annotations.NullMarked;
