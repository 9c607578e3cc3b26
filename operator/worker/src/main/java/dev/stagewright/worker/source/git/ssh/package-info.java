/**
 * SSH connections to git servers: keys and certificates of a Secret, and host keys that must be
 * known. Nothing is read from a home directory or an agent.
 */
@NullMarked
package dev.stagewright.worker.source.git.ssh;

import org.jspecify.annotations.NullMarked;
