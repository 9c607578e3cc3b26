package dev.stagewright.stage.sandbox;

import java.nio.file.Path;
import java.util.Optional;

/**
 * Something that one command sees at a path of its own. Targets are raw paths relative to the
 * stage's root, as the Dockerfile has them: links on the way are followed by the sandbox.
 */
public sealed interface SandboxMount {
  /** Where the command sees it. */
  String target();

  /**
   * A file, directory or socket of the runtime's own.
   *
   * @param source absolute, outside of the stage's root
   */
  record Bind(String target, Path source, Writes writes) implements SandboxMount {}

  /**
   * An empty directory that is gone afterwards.
   *
   * @param size limit in bytes; empty means none
   */
  record Tmpfs(String target, Optional<Long> size) implements SandboxMount {}

  /** What becomes of what the command writes there. */
  enum Writes {
    /** It cannot write. */
    REFUSED,
    /** The source stays as it is. */
    DISCARDED,
    /** It is in the source afterwards. */
    KEPT
  }
}
