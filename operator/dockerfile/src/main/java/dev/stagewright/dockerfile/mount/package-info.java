/** The types of {@code RUN --mount}: bind, cache, tmpfs, secret and ssh. */
@NullMarked
package dev.stagewright.dockerfile.mount;

import org.jspecify.annotations.NullMarked;
