package dev.stagewright.registry.push;

import dev.stagewright.layers.oci.Digest;
import dev.stagewright.registry.auth.AuthScope;
import dev.stagewright.registry.call.Call;
import dev.stagewright.registry.call.Caller;
import dev.stagewright.registry.call.Repository;
import dev.stagewright.registry.error.RegistryException;
import dev.stagewright.registry.http.Request;
import java.util.Set;

/** {@code HEAD /v2/<name>/blobs/<digest>}. */
public final class BlobChecker {
  private final Caller caller;

  /** Creates a checker. */
  public BlobChecker(Caller caller) {
    this.caller = caller;
  }

  /** Whether a repository that blobs are pushed to has the blob. */
  public boolean exists(Repository repository, Digest blob) throws RegistryException {
    return exists(repository, blob, repository.push());
  }

  /** Whether a repository that is only read has the blob. */
  public boolean existsToRead(Repository repository, Digest blob) throws RegistryException {
    return exists(repository, blob, repository.pull());
  }

  private boolean exists(Repository repository, Digest blob, AuthScope permissions)
      throws RegistryException {
    return caller.call(
        new Call<>(
            repository.operationInRepository("look for blob " + blob + " in"),
            permissions,
            Request.of("HEAD", repository.uri("blobs/" + blob)),
            Set.of(200, 404),
            response -> {
              try (response) {
                return response.status() == 200;
              }
            }));
  }
}
