package dev.stagewright.cache.key;

import dev.stagewright.protocol.BuildRequest;

/**
 * Computes the key under which the keys of the latest build are recorded: it is the same for all
 * builds that a user regards as builds of the same image.
 */
public final class LatestKey {
  private static final String DEFAULT_DOCKERFILE = "Dockerfile";

  private LatestKey() {}

  /**
   * The key of the latest build of a Dockerfile for a target, platform and first output repository.
   */
  public static CacheKey of(BuildRequest request) {
    return KeyHash.of("latest")
        .add(request.dockerfile().orElse(DEFAULT_DOCKERFILE))
        .add(request.target())
        .add(request.platform().toString())
        .add(
            request.output().destinations().stream()
                .limit(1)
                .map(BuildRequest.Destination::repository)
                .toList())
        .add(request.cache().map(cache -> cache.repository()))
        .key();
  }
}
