package dev.stagewright.controller.pods;

import dev.stagewright.api.v1alpha1.CacheMounts;
import dev.stagewright.api.v1alpha1.ImageBuildSpec;
import dev.stagewright.layers.oci.Digest;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/** The storage of the cache mounts of a run. */
public sealed interface CacheStorage {

  /** The workspace: caches last for the run. */
  record Workspace() implements CacheStorage {}

  /**
   * A claim that outlasts the run.
   *
   * @param onOneNode whether only one node at a time can mount the claim
   * @param ofOperator whether the operator's configuration, and not the spec, provides the claim
   * @param node the node for which the volume was provisioned, if it was provisioned for one
   * @param sizeLimit bytes above which caches are evicted; empty for no limit
   */
  record Claim(
      String name,
      boolean onOneNode,
      boolean ofOperator,
      Optional<String> node,
      Optional<Long> sizeLimit)
      implements CacheStorage {
    private static final int MAX_LABEL = 63;
    private static final int HASH_LENGTH = 8;

    /** The value of {@link dev.stagewright.controller.run.Labels#CACHE_CLAIM}. */
    String label() {
      if (name.length() <= MAX_LABEL) {
        return name;
      }
      var hash = Digest.of(name.getBytes(StandardCharsets.UTF_8)).hex();
      return name.substring(0, MAX_LABEL - HASH_LENGTH) + hash.substring(0, HASH_LENGTH);
    }
  }

  /** The storage that a spec requests, if it names a claim that all nodes can mount. */
  static CacheStorage requested(ImageBuildSpec spec) {
    CacheMounts mounts = spec.cache().mounts();
    return mounts.claimName() == null
        ? new Workspace()
        : new Claim(
            mounts.claimName(),
            false,
            false,
            Optional.empty(),
            Optional.ofNullable(mounts.sizeLimit())
                .map(limit -> limit.getNumericalAmount().longValue()));
  }
}
