package dev.stagewright.registry.push;

import dev.stagewright.registry.call.Call;
import dev.stagewright.registry.call.Caller;
import dev.stagewright.registry.call.Repository;
import dev.stagewright.registry.error.RegistryException;
import dev.stagewright.registry.http.Request;
import java.util.Set;

/** {@code POST /v2/<name>/blobs/uploads/}. */
final class UploadStarter {
  private final Caller caller;

  UploadStarter(Caller caller) {
    this.caller = caller;
  }

  UploadSession start(Repository repository) throws RegistryException {
    var attempt = repository.attemptInRepository("push to");
    return caller.call(
        new Call<>(
            attempt,
            repository.push(),
            Request.of("POST", repository.uri("blobs/uploads/")),
            Set.of(202),
            response -> {
              try (response) {
                return UploadSession.of(repository, response, attempt);
              }
            }));
  }
}
