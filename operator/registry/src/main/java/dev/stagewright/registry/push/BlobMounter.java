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
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** {@code POST /v2/<name>/blobs/uploads/?mount=<digest>&from=<other>}. */
final class BlobMounter {
  private final Caller caller;

  /** Repositories that blobs cannot be mounted from: the response is the same for each blob. */
  private final Set<String> denied = ConcurrentHashMap.newKeySet();

  /** Creates a mounter. */
  public BlobMounter(Caller caller) {
    this.caller = caller;
  }

  /** The result of a mount. */
  public sealed interface Result {
    /** The blob was mounted. */
    record Mounted() implements Result {}

    /** The registry did not mount the blob, but opened an upload for its bytes. */
    record Opened(UploadSession session) implements Result {}

    /** The blob cannot be mounted: it has to be uploaded. */
    record Rejected() implements Result {}
  }

  /**
   * Mounts a blob from another repository of the same registry, if an account may read that
   * repository and write this one. A denied request is not repeated for other blobs of the
   * repository.
   */
  public Result mount(Repository repository, Digest blob, ImageReference from)
      throws RegistryException {
    if (denied.contains(from.name())) {
      return new Result.Rejected();
    }
    try {
      var result = caller.callIfAllowed(call(repository, blob, from));
      return result.orElseGet(() -> denied(from));
    } catch (RegistryException e) {
      if (e.kind().isAccessDenied()) {
        return denied(from);
      }
      if (e.kind().isNotFound() || e.kind() == ErrorKind.INVALID) {
        return new Result.Rejected();
      }
      throw e;
    }
  }

  private Result denied(ImageReference from) {
    denied.add(from.name());
    return new Result.Rejected();
  }

  private static Call<Result> call(Repository repository, Digest blob, ImageReference from) {
    var source = URLEncoder.encode(from.repository(), StandardCharsets.UTF_8);
    var query = "?mount=" + blob + "&from=" + source;
    return new Call<>(
        repository.operationInRepository("mount blob " + blob + " of " + from.name() + " into"),
        repository.pushFrom(from),
        Request.of("POST", repository.uri("blobs/uploads/" + query)),
        Set.of(201, 202),
        response -> read(repository, response));
  }

  private static Result read(Repository repository, Response response) throws IOException {
    try (response) {
      return response.status() == 201
          ? new Result.Mounted()
          : new Result.Opened(
              UploadSession.of(repository, response, repository.operationInRepository("push to")));
    }
  }
}
