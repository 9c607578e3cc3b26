package dev.stagewright.dockerfile.mount;

import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;

/**
 * A mount of RUN. Targets are as written; a relative one is meant relative to the working
 * directory.
 */
public sealed interface Mount {
  /** Where it appears; empty where the mount has a default or none. */
  String target();

  /** Whether the command may only read it. */
  boolean readOnly();

  /** The stage, image or named context it comes from; empty where from none. */
  default Optional<String> from() {
    return Optional.empty();
  }

  /**
   * Files of the build context or of a stage. What is written there is discarded.
   *
   * @param from stage, image or named context; empty means the build context
   * @param source path in it, {@code /} for all
   */
  record Bind(Optional<String> from, String source, String target, boolean readOnly)
      implements Mount {}

  /**
   * A directory that outlives the build.
   *
   * @param id names it; empty means the cleaned target
   * @param from what seeds a new one; empty means nothing
   * @param source path in {@code from}
   * @param sharing how concurrent builds use it
   * @param mode of a new one, permissions; empty means 0755
   * @param uid owner of a new one
   * @param gid group of a new one
   */
  record Cache(
      Optional<String> id,
      Optional<String> from,
      String source,
      String target,
      boolean readOnly,
      Sharing sharing,
      OptionalInt mode,
      OptionalInt uid,
      OptionalInt gid)
      implements Mount {}

  /**
   * Memory.
   *
   * @param size limit in bytes; empty means none
   */
  record Tmpfs(String target, boolean readOnly, OptionalLong size) implements Mount {}

  /**
   * A secret, as a file, a variable, or both.
   *
   * @param id names it
   * @param target the file; empty where only a variable is asked for
   * @param variable name of the variable
   * @param required whether the build fails without it
   */
  record Secret(
      String id,
      String target,
      Optional<String> variable,
      boolean required,
      OptionalInt mode,
      OptionalInt uid,
      OptionalInt gid)
      implements Mount {
    @Override
    public boolean readOnly() {
      return true;
    }
  }

  /**
   * The socket of an SSH agent.
   *
   * @param id names it, {@code default} where not said
   * @param target the socket; empty means the runtime's choice
   * @param required whether the build fails without it
   */
  record Ssh(
      String id,
      String target,
      boolean required,
      OptionalInt mode,
      OptionalInt uid,
      OptionalInt gid)
      implements Mount {
    @Override
    public boolean readOnly() {
      return true;
    }
  }

  /** How builds share a cache. */
  enum Sharing {
    SHARED,
    PRIVATE,
    LOCKED
  }
}
