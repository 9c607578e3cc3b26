package dev.stagewright.protocol;

import dev.stagewright.protocol.BuildRequest.Destination;
import java.util.List;
import java.util.Optional;

/**
 * Where a build looks up the results of instructions, and where it records them.
 *
 * @param repository repository of the records, {@code registry/repository}, fully qualified
 * @param credentials path of the directory of the Secret in {@link Mounts#REGISTRY_CREDENTIALS};
 *     empty for none, see {@link Destination#credentials}
 * @param authorities name of a directory in {@link Mounts#REGISTRY_TLS}; empty for none, see {@link
 *     Destination#authorities}
 * @param mode which steps are recorded
 * @param readOnly whether nothing is recorded
 * @param ignoreRecords whether existing records are ignored; new ones are written nevertheless
 * @param maxAgeSeconds age after which a record is ignored; empty for no limit
 * @param prefixImages whether Pods may run a {@link PrefixImage}
 */
public record CacheRequest(
    String repository,
    Optional<String> credentials,
    Optional<String> authorities,
    Mode mode,
    boolean readOnly,
    boolean ignoreRecords,
    Optional<Long> maxAgeSeconds,
    boolean prefixImages) {

  /** A cache without prefix images. */
  public CacheRequest(
      String repository,
      Optional<String> credentials,
      Optional<String> authorities,
      Mode mode,
      boolean readOnly,
      boolean ignoreRecords,
      Optional<Long> maxAgeSeconds) {
    this(repository, credentials, authorities, mode, readOnly, ignoreRecords, maxAgeSeconds, false);
  }

  /** The steps that are recorded. */
  public enum Mode {
    /** The stages of the image, and the files that other stages copy. */
    MIN,
    /** Also every step of the other stages. */
    MAX
  }

  /** The repository as a destination without tags, for clients with its credentials. */
  public Destination destination() {
    return new Destination("spec.cache", repository, List.of(), credentials, authorities);
  }

  /** The {@link BuildPlan#cacheLayers} of a build with this cache. */
  public Optional<BuildPlan.CacheLayers> layers() {
    if (readOnly) {
      return Optional.empty();
    }
    return Optional.of(
        switch (mode) {
          case MIN -> BuildPlan.CacheLayers.NONE;
          case MAX -> BuildPlan.CacheLayers.ALL_BUT_LAST;
        });
  }
}
