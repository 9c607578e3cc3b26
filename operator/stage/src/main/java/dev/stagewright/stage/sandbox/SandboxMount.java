package dev.stagewright.stage.sandbox;

import java.nio.file.Path;
import java.util.Optional;

/**
 * A mount for one command. Targets are raw paths relative to the root of the stage, as in the
 * Dockerfile; the sandbox follows symbolic links in them.
 */
public sealed interface SandboxMount {
  /** The path of the mount for the command. */
  String target();

  /**
   * A file, directory or socket of the runtime.
   *
   * @param source absolute path outside the root of the stage
   */
  record Bind(String target, Path source, Writes writes) implements SandboxMount {}

  /**
   * An empty directory that is removed after the command.
   *
   * @param size limit in bytes; empty for no limit
   */
  record Tmpfs(String target, Optional<Long> size) implements SandboxMount {}

  /** The effect of writes to a mount. */
  enum Writes {
    /** Writes fail. */
    REFUSED,
    /** Writes are discarded. */
    DISCARDED,
    /** Writes change the source. */
    KEPT
  }
}
