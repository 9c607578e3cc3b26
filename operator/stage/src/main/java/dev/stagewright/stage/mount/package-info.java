/**
 * Prepares the mounts of {@code RUN --mount} for a sandbox: files of the build context and of
 * stages, caches, secrets, SSH agents, and scripts of heredocs.
 */
@NullMarked
package dev.stagewright.stage.mount;

import org.jspecify.annotations.NullMarked;
