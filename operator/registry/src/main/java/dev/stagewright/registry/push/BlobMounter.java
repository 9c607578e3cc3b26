package dev.stagewright.registry.push;

import dev.stagewright.layers.oci.Digest;
import dev.stagewright.layers.oci.ImageReference;
import dev.stagewright.registry.call.Call;
import dev.stagewright.registry.call.Caller;
import dev.stagewright.registry.call.Repository;
import dev.stagewright.registry.error.ErrorKind;
import dev.stagewright.registry.error.RegistryException;
import dev.stagewright.registry.http.Request;
import dev.stagewright.registry.http.Response;
import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.Set;

/** {@code POST /v2/<name>/blobs/uploads/?mount=<digest>&from=<other>}. */
public final class BlobMounter {
  private static final Set<ErrorKind> NOT_TO_BE_HAD =
      Set.of(
          ErrorKind.UNAUTHORIZED,
          ErrorKind.DENIED,
          ErrorKind.NOT_FOUND,
          ErrorKind.PROJECT_NOT_FOUND,
          ErrorKind.INVALID);

  private final Caller caller;
  private final UploadCanceller canceller;

  /** Calls with this. */
  public BlobMounter(Caller caller) {
    this.caller = caller;
    this.canceller = new UploadCanceller(caller);
  }

  /**
   * Takes a blob over from another repository of the same registry.
   *
   * @return false if that cannot be done, for whatever reason, so that the blob has to be pushed
   */
  public boolean mount(Repository repository, Digest blob, ImageReference from)
      throws RegistryException {
    try {
      var session = caller.call(call(repository, blob, from));
      session.ifPresent(unwanted -> canceller.cancel(repository, unwanted));
      return session.isEmpty();
    } catch (RegistryException e) {
      if (NOT_TO_BE_HAD.contains(e.kind())) {
        return false;
      }
      throw e;
    }
  }

  private static Call<Optional<UploadSession>> call(
      Repository repository, Digest blob, ImageReference from) {
    var source = URLEncoder.encode(from.repository(), StandardCharsets.UTF_8);
    var query = "?mount=" + blob + "&from=" + source;
    return new Call<>(
        repository.attemptInRepository("mount blob " + blob + " of " + from.name() + " into"),
        repository.pushFrom(from),
        Request.of("POST", repository.uri("blobs/uploads/" + query)),
        Set.of(201, 202),
        response -> read(repository, response));
  }

  private static Optional<UploadSession> read(Repository repository, Response response)
      throws IOException {
    try (response) {
      return response.status() == 201
          ? Optional.empty()
          : Optional.of(
              UploadSession.of(repository, response, repository.attemptInRepository("push to")));
    }
  }
}
