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

/** {@code PATCH} of an upload: some bytes more. */
final class ChunkSender {
  private final Caller caller;

  ChunkSender(Caller caller) {
    this.caller = caller;
  }

  /**
   * Sends the bytes that follow those that the registry has.
   *
   * @param chunk at least one byte
   * @return how far the upload is then
   */
  UploadPosition send(Repository repository, UploadPosition from, Digest blob, Content chunk)
      throws RegistryException {
    var end = from.offset() + chunk.size();
    var headers =
        Map.of(
            "Content-Type",
            "application/octet-stream",
            "Content-Range",
            from.offset() + "-" + (end - 1));
    // Other than 202: Harbor's core has been seen to answer 200.
    return caller.call(
        new Call<>(
            repository.attemptInRepository("push blob " + blob + " to"),
            repository.push(),
            new Request("PATCH", from.session().location(), headers, chunk),
            Set.of(200, 201, 202, 204),
            response -> {
              try (response) {
                var told = UploadPosition.of(repository, from.session(), response);
                var next = told.orElse(new UploadPosition(from.session(), end));
                return next.within(repository, end);
              }
            }));
  }
}
