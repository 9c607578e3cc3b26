package dev.stagewright.registry.push;

import dev.stagewright.layers.oci.Digest;
import dev.stagewright.registry.call.Call;
import dev.stagewright.registry.call.Caller;
import dev.stagewright.registry.call.Repository;
import dev.stagewright.registry.error.RegistryException;
import dev.stagewright.registry.http.Content;
import dev.stagewright.registry.http.Request;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The requests of a blob upload. Each is sent once: the upload as a whole retries. */
final class UploadRequests {
  private static final String CONTENT_TYPE = "Content-Type";
  private static final String BYTES = "application/octet-stream";

  private final Caller caller;
  private final BlobChecker checker;

  UploadRequests(Caller caller) {
    this.caller = caller.withAttempts(1);
    this.checker = new BlobChecker(this.caller);
  }

  /** Whether the repository has the blob. */
  boolean exists(Repository repository, Digest blob) throws RegistryException {
    return checker.exists(repository, blob);
  }

  /** {@code POST /v2/<name>/blobs/uploads/}: starts an upload. */
  UploadSession start(Repository repository) throws RegistryException {
    var operation = repository.operationInRepository("push to");
    return caller.call(
        new Call<>(
            operation,
            repository.push(),
            Request.of("POST", repository.uri("blobs/uploads/")),
            Set.of(202),
            response -> {
              try (response) {
                return UploadSession.of(repository, response, operation);
              }
            }));
  }

  /**
   * {@code PATCH} of an upload: sends the bytes that follow those that the registry has.
   *
   * @param chunk at least one byte
   * @return the position of the upload afterwards
   */
  UploadPosition send(Repository repository, UploadPosition from, Digest blob, Content chunk)
      throws RegistryException {
    var end = from.offset() + chunk.size();
    var headers = Map.of(CONTENT_TYPE, BYTES, "Content-Range", from.offset() + "-" + (end - 1));
    // The specification says 202, but Harbor's core also answers 200.
    return caller.call(
        new Call<>(
            repository.operationInRepository("push blob " + blob + " to"),
            repository.push(),
            new Request("PATCH", from.session().location(), headers, chunk),
            Set.of(200, 201, 202, 204),
            response -> {
              try (response) {
                var reported = UploadPosition.of(repository, from.session(), response);
                var next = reported.orElse(new UploadPosition(from.session(), end));
                return next.within(repository, end);
              }
            }));
  }

  /**
   * {@code GET} of an upload: returns the position from which an interrupted upload continues.
   *
   * @return empty if the registry does not know the upload, or does not report its position
   */
  Optional<UploadPosition> status(Repository repository, UploadSession session)
      throws RegistryException {
    try {
      return caller.call(
          new Call<>(
              repository.operationInRepository("continue an upload to"),
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

  /**
   * {@code PUT} of an upload: sends the remaining bytes and completes the blob.
   *
   * @param rest the remaining bytes, which may be all bytes or none
   */
  void finish(Repository repository, UploadSession session, Digest blob, Content rest)
      throws RegistryException {
    var operation = repository.operationInRepository("push blob " + blob + " to");
    var _ =
        caller.call(
            new Call<>(
                operation,
                repository.push(),
                new Request("PUT", session.finish(blob), Map.of(CONTENT_TYPE, BYTES), rest),
                Set.of(200, 201, 204),
                response -> ReturnedDigest.check(response, blob, operation)));
  }

  /** {@code DELETE} of an upload. Failures are ignored: registries remove abandoned uploads. */
  void cancel(Repository repository, UploadSession session) {
    try {
      var _ =
          caller.call(
              new Call<>(
                  repository.operationInRepository("cancel an upload to"),
                  repository.push(),
                  Request.of("DELETE", session.location()),
                  Set.of(200, 202, 204),
                  response -> {
                    response.discard();
                    return true;
                  }));
    } catch (RegistryException _) {
      // Nothing depends on the outcome.
    }
  }
}
