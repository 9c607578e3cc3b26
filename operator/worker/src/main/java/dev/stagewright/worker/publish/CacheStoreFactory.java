package dev.stagewright.worker.publish;

import dev.stagewright.protocol.BuildRequest;
import dev.stagewright.protocol.CacheRequest;
import dev.stagewright.worker.cache.store.CacheStore;
import dev.stagewright.worker.registries.Clients;
import java.io.IOException;

/** Opens the cache of a build. */
@FunctionalInterface
interface CacheStoreFactory {
  /**
   * Opens a cache.
   *
   * @param opener opens registry clients with the mounted credentials
   * @throws dev.stagewright.protocol.BuildFailedException if a Secret, a certificate or the host
   *     table is malformed
   */
  CacheStore open(Clients opener, BuildRequest request, CacheRequest cache) throws IOException;
}
