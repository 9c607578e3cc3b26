package dev.stagewright.protocol;

import java.util.Optional;

/** A {@code --mount} of RUN, expanded and resolved. Targets are absolute paths. */
public sealed interface RunMount {

  /** Where its files come from; empty where from none. */
  default Optional<Step.CopyFrom> source() {
    return Optional.empty();
  }

  /**
   * Files of the build context or of a stage.
   *
   * @param path in {@code from}, absolute; {@code /} for all
   * @param readOnly whether writing fails; else what is written is discarded
   */
  record Bind(Step.CopyFrom from, String path, String target, boolean readOnly)
      implements RunMount {
    @Override
    public Optional<Step.CopyFrom> source() {
      return Optional.of(from);
    }
  }

  /**
   * A directory that outlives the instruction, in {@link Mounts#CACHE}.
   *
   * <p>As in BuildKit, a cache is identified by its id together with what it was made from: caches
   * of one id with other attributes, or another seed, are others.
   *
   * @param id any text
   * @param seed what a new one is filled with; empty for nothing
   * @param path in {@code seed}, or else in the cache, absolute
   * @param attributes of a new one, where any of them was asked for
   */
  record Cache(
      String id,
      Optional<Step.CopyFrom> seed,
      String path,
      String target,
      boolean readOnly,
      Sharing sharing,
      Optional<CacheAttributes> attributes)
      implements RunMount {
    @Override
    public Optional<Step.CopyFrom> source() {
      return seed;
    }
  }

  /**
   * The attributes of a cache's directory.
   *
   * @param mode permissions, {@code 0777}
   * @param uid owner
   * @param gid group
   */
  record CacheAttributes(int mode, long uid, long gid) {}

  /**
   * Memory.
   *
   * @param size limit in bytes; empty means none
   */
  record Tmpfs(String target, Optional<Long> size) implements RunMount {}

  /**
   * A secret, as a file, a variable, or both. Where the build has it, it is the file of its id in
   * {@link Mounts#SECRETS}; prepare has made sure that required ones are there.
   *
   * @param target the file; empty where only a variable is asked for
   * @param variable its name
   * @param mode permissions of the file
   */
  record Secret(
      String id,
      Optional<String> target,
      Optional<String> variable,
      boolean required,
      int mode,
      long uid,
      long gid)
      implements RunMount {}

  /**
   * The socket of an SSH agent that knows the keys in the folder of its id in {@link Mounts#SSH}.
   *
   * @param target the socket
   * @param mode permissions of the socket
   */
  record Ssh(String id, String target, boolean required, int mode, long uid, long gid)
      implements RunMount {}

  /** How several instructions use a cache at a time. */
  enum Sharing {
    /** Together. */
    SHARED,
    /** Each its own: whoever comes while it is in use gets another. */
    PRIVATE,
    /** One after the other. */
    LOCKED
  }
}
