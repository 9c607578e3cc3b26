package dev.stagewright.registry.push;

import dev.stagewright.registry.call.Call;
import dev.stagewright.registry.call.Caller;
import dev.stagewright.registry.call.Repository;
import dev.stagewright.registry.error.RegistryException;
import dev.stagewright.registry.http.Request;
import dev.stagewright.registry.http.Response;
import java.io.IOException;
import java.util.Set;

/** {@code DELETE /v2/<name>/manifests/<digest>}. */
public final class ManifestDeleter {
  private final Caller caller;

  /** Creates a deleter. */
  public ManifestDeleter(Caller caller) {
    this.caller = caller;
  }

  /**
   * Deletes the manifest of the image's digest, and all tags that point to it.
   *
   * @return false if it does not exist
   */
  public boolean delete(Repository repository) throws RegistryException {
    var digest = repository.image().digest().orElseThrow();
    try {
      return caller.call(
          new Call<>(
              repository.operation("delete"),
              repository.delete(),
              Request.of("DELETE", repository.uri("manifests/" + digest)),
              Set.of(200, 202, 204, 404),
              ManifestDeleter::isDeleted));
    } catch (RegistryException e) {
      if (!e.hasStatus(405)) {
        throw e;
      }
      throw e.withDetail(
          "the registry does not allow deletion; CNCF distribution does with"
              + " REGISTRY_STORAGE_DELETE_ENABLED=true");
    }
  }

  private static boolean isDeleted(Response response) throws IOException {
    response.discard();
    return response.status() != 404;
  }
}
