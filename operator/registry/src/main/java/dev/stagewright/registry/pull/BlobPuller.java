package dev.stagewright.registry.pull;

import dev.stagewright.layers.oci.Descriptor;
import dev.stagewright.registry.call.Call;
import dev.stagewright.registry.call.Caller;
import dev.stagewright.registry.call.Repository;
import dev.stagewright.registry.error.ErrorKind;
import dev.stagewright.registry.error.RegistryException;
import dev.stagewright.registry.http.Request;
import dev.stagewright.registry.http.Response;
import java.io.IOException;
import java.io.InputStream;
import java.util.Set;

/** {@code GET /v2/<name>/blobs/<digest>}. */
public final class BlobPuller {
  private static final int LARGEST_DOCUMENT = 8 << 20;

  private final Caller caller;

  /** Calls with this. */
  public BlobPuller(Caller caller) {
    this.caller = caller;
  }

  /**
   * The blob's bytes, checked against the descriptor as they are read; the stream throws a {@link
   * RegistryException} if they are not what they should be. Whoever asks closes it.
   */
  public InputStream open(Repository repository, Descriptor blob) throws RegistryException {
    return caller.call(call(repository, blob, response -> body(repository, blob, response)));
  }

  /** All of a small blob, for example an image config. */
  public byte[] bytes(Repository repository, Descriptor blob) throws RegistryException {
    if (blob.size() > LARGEST_DOCUMENT) {
      throw repository
          .attempt("read blob " + blob.digest() + " of")
          .failed(ErrorKind.INVALID, blob.size() + " bytes are too much for a document", "");
    }
    return caller.call(
        call(
            repository,
            blob,
            response -> {
              try (response) {
                return body(repository, blob, response).readAllBytes();
              }
            }));
  }

  private static <T> Call<T> call(Repository repository, Descriptor blob, Call.Reader<T> reader) {
    return new Call<>(
        repository.attempt("read blob " + blob.digest() + " of"),
        repository.pull(),
        Request.of("GET", repository.uri("blobs/" + blob.digest())),
        Set.of(200),
        reader);
  }

  private static InputStream body(Repository repository, Descriptor blob, Response response)
      throws IOException {
    return new VerifyingInputStream(
        response.body(), blob, repository.attempt("read blob " + blob.digest() + " of"));
  }
}
