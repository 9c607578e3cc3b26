package dev.stagewright.registry.push;

import dev.stagewright.registry.call.Call;
import dev.stagewright.registry.call.Caller;
import dev.stagewright.registry.call.Repository;
import dev.stagewright.registry.error.RegistryException;
import dev.stagewright.registry.http.Request;
import java.util.Set;

/** {@code DELETE} of an upload that is not needed. */
final class UploadCanceller {
  private final Caller caller;

  UploadCanceller(Caller caller) {
    this.caller = caller.withAttempts(1);
  }

  /** Asks for it once; registries clean up what stays behind. */
  void cancel(Repository repository, UploadSession session) {
    try {
      var _ =
          caller.call(
              new Call<>(
                  repository.attemptInRepository("cancel an upload to"),
                  repository.push(),
                  Request.of("DELETE", session.location()),
                  Set.of(200, 202, 204),
                  response -> {
                    response.discard();
                    return true;
                  }));
    } catch (RegistryException _) {
      // Nothing depends on it.
    }
  }
}
