package dev.stagewright.dockerfile.mount;

import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;

/** A mount of RUN. A relative target is relative to the working directory. */
public sealed interface Mount {
  /** The target path; empty if the mount has a default target or none. */
  String target();

  /** Whether the mount is read-only. */
  boolean readOnly();

  /** The stage, image or named context that the mount reads; empty for none. */
  default Optional<String> from() {
    return Optional.empty();
  }

  /**
   * A bind mount: files of the build context, a stage or an image. Writes are discarded.
   *
   * @param from stage, image or named context; empty for the build context
   * @param source path in the source, {@code /} for everything
   */
  record Bind(Optional<String> from, String source, String target, boolean readOnly)
      implements Mount {}

  /**
   * A cache mount: a directory that is kept after the build.
   *
   * @param id of the cache; empty for the cleaned target
   * @param from source of the initial content; empty for none
   * @param source path in {@code from}
   * @param sharing how concurrent builds use it
   * @param mode permissions of a new cache; empty for 0755
   * @param uid owner of a new cache
   * @param gid group of a new cache
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
   * A tmpfs mount.
   *
   * @param size limit in bytes; empty for no limit
   */
  record Tmpfs(String target, boolean readOnly, OptionalLong size) implements Mount {}

  /**
   * A secret mount: a file, an environment variable, or both.
   *
   * @param id of the secret
   * @param target path of the file; empty if the secret is only a variable
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
   * An SSH mount: the socket of an SSH agent.
   *
   * @param id of the SSH key; {@code default} if not specified
   * @param target path of the socket; empty for the default
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
