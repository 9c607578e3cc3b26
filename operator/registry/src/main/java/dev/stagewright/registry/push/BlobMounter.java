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

  /** Repositories that blobs cannot be taken over from: the answer is the same for each. */
  private final Set<String> refused = ConcurrentHashMap.newKeySet();

  /** Calls with this. */
  public BlobMounter(Caller caller) {
    this.caller = caller;
  }

  /** What became of an attempt. */
  public sealed interface Result {
    /** The blob is there. */
    record Mounted() implements Result {}

    /** The registry would rather have the bytes, and has opened an upload for them. */
    record Opened(UploadSession session) implements Result {}

    /** It cannot be done: the blob has to be pushed. */
    record Rejected() implements Result {}
  }

  /**
   * Takes a blob over from another repository of the same registry, if one account may read there
   * and write here. What only a refusal would tell is asked once for each repository.
   */
  public Result mount(Repository repository, Digest blob, ImageReference from)
      throws RegistryException {
    if (refused.contains(from.name())) {
      return new Result.Rejected();
    }
    try {
      var result = caller.callIfAllowed(call(repository, blob, from));
      return result.orElseGet(() -> rejected(from));
    } catch (RegistryException e) {
      if (e.kind().isAccessDenied()) {
        return rejected(from);
      }
      if (e.kind().isNotFound() || e.kind() == ErrorKind.INVALID) {
        return new Result.Rejected();
      }
      throw e;
    }
  }

  private Result rejected(ImageReference from) {
    refused.add(from.name());
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
