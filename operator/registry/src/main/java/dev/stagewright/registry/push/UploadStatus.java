package dev.stagewright.registry.push;

import dev.stagewright.registry.call.Call;
import dev.stagewright.registry.call.Caller;
import dev.stagewright.registry.call.Repository;
import dev.stagewright.registry.error.RegistryException;
import dev.stagewright.registry.http.Request;
import java.util.Optional;
import java.util.Set;

/** {@code GET} of an upload: how many of its bytes arrived. */
final class UploadStatus {
  private final Caller caller;

  UploadStatus(Caller caller) {
    this.caller = caller;
  }

  /**
   * Where to go on after the upload broke.
   *
   * @return empty if the registry does not know the upload, or does not tell
   */
  Optional<UploadPosition> ask(Repository repository, UploadSession session)
      throws RegistryException {
    var attempt = repository.attemptInRepository("go on with an upload to");
    try {
      return caller.call(
          new Call<>(
              attempt,
              repository.push(),
              Request.of("GET", session.location()),
              Set.of(200, 202, 204),
              response -> {
                try (response) {
                  return UploadPosition.of(repository, session, response);
                }
              }));
    } catch (RegistryException e) {
      if (e.kind().isTransient()) {
        throw e;
      }
      return Optional.empty();
    }
  }
}
