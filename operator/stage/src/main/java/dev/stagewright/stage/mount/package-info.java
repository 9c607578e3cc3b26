/**
 * What {@code RUN --mount} asks for, made ready for a sandbox: files of the context and of stages,
 * caches, secrets, SSH agents, and the scripts of heredocs.
 */
@NullMarked
package dev.stagewright.stage.mount;

import org.jspecify.annotations.NullMarked;
