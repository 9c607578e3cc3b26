package dev.stagewright.protocol;

import java.util.Optional;

/** A {@code --mount} of RUN with expanded variables and resolved paths. Targets are absolute. */
public sealed interface RunMount {

  /** The source of the files; empty if the mount has none. */
  default Optional<Step.CopyFrom> source() {
    return Optional.empty();
  }

  /**
   * Files of the build context or of a stage.
   *
   * @param path absolute path in {@code from}; {@code /} for all files
   * @param readOnly whether writing fails; otherwise written data is discarded after the
   *     instruction
   */
  record Bind(Step.CopyFrom from, String path, String target, boolean readOnly)
      implements RunMount {
    @Override
    public Optional<Step.CopyFrom> source() {
      return Optional.of(from);
    }
  }

  /**
   * A persistent directory in {@link Mounts#CACHE}.
   *
   * <p>As in BuildKit, the id, the seed and the attributes together identify a cache: the same id
   * with other attributes or another seed is another cache.
   *
   * @param id id of the cache, any text
   * @param seed source of the initial content; empty for none
   * @param path absolute path in the seed, or in the cache if there is no seed
   * @param attributes attributes of a new cache, if the instruction sets any of them
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
   * The attributes of the directory of a cache.
   *
   * @param mode permissions, {@code 0777}
   * @param uid owner
   * @param gid group
   */
  record CacheAttributes(int mode, long uid, long gid) {}

  /**
   * A tmpfs.
   *
   * @param size limit in bytes; empty for no limit
   */
  record Tmpfs(String target, Optional<Long> size) implements RunMount {}

  /**
   * A secret as a file, an environment variable, or both. If the build has the secret, it is the
   * file with its id in {@link Mounts#SECRETS}; the prepare phase has checked that required secrets
   * exist.
   *
   * @param target path of the file; empty if the secret is only a variable
   * @param variable name of the variable
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
   * The socket of an SSH agent with the keys in the directory of its id in {@link Mounts#SSH}.
   *
   * @param target path of the socket
   * @param mode permissions of the socket
   */
  record Ssh(String id, String target, boolean required, int mode, long uid, long gid)
      implements RunMount {}

  /** How several instructions use a cache at the same time. */
  enum Sharing {
    /** All instructions use the same directory. */
    SHARED,
    /** An instruction gets another directory while the first one is in use. */
    PRIVATE,
    /** Only one instruction uses the directory at a time. */
    LOCKED
  }
}
