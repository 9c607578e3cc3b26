package dev.stagewright.registry.push;

import dev.stagewright.layers.oci.Digest;
import dev.stagewright.registry.call.Call;
import dev.stagewright.registry.call.Caller;
import dev.stagewright.registry.call.Repository;
import dev.stagewright.registry.error.RegistryException;
import dev.stagewright.registry.http.Content;
import dev.stagewright.registry.http.Request;
import java.util.Map;
import java.util.Set;

/**
 * {@code PUT} of an upload: the bytes that are left, which may be all or none; then it is a blob.
 */
final class UploadFinisher {
  private final Caller caller;

  UploadFinisher(Caller caller) {
    this.caller = caller;
  }

  void finish(Repository repository, UploadSession session, Digest blob, Content rest)
      throws RegistryException {
    var attempt = repository.attemptInRepository("push blob " + blob + " to");
    var headers = Map.of("Content-Type", "application/octet-stream");
    var _ =
        caller.call(
            new Call<>(
                attempt,
                repository.push(),
                new Request("PUT", session.finish(blob), headers, rest),
                Set.of(200, 201, 204),
                response -> ReturnedDigest.check(response, blob, attempt)));
  }
}
