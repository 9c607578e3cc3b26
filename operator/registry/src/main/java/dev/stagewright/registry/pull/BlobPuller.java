package dev.stagewright.registry.pull;

import dev.stagewright.layers.oci.Descriptor;
import dev.stagewright.registry.call.Call;
import dev.stagewright.registry.call.Caller;
import dev.stagewright.registry.call.Repository;
import dev.stagewright.registry.error.ErrorKind;
import dev.stagewright.registry.error.HtmlResponse;
import dev.stagewright.registry.error.Operation;
import dev.stagewright.registry.error.RegistryException;
import dev.stagewright.registry.http.Content;
import dev.stagewright.registry.http.Request;
import dev.stagewright.registry.http.Response;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** {@code GET /v2/<name>/blobs/<digest>}; interrupted downloads are resumed. */
public final class BlobPuller {
  private static final int MAX_DOCUMENT_BYTES = 8 << 20;
  private static final int OK = 200;
  private static final int PARTIAL_CONTENT = 206;

  private final Caller caller;

  /** Creates a puller. */
  public BlobPuller(Caller caller) {
    this.caller = caller;
  }

  /**
   * Opens a blob. Its bytes are verified against the descriptor while they are read; the stream
   * throws a {@link RegistryException} if they do not match. The caller closes the stream. A layer
   * that the registry does not have is also requested from the URLs of its descriptor.
   */
  public InputStream open(Repository repository, Descriptor blob) throws RegistryException {
    try {
      return openFromRegistry(repository, blob);
    } catch (RegistryException e) {
      if (e.kind() != ErrorKind.NOT_FOUND || blob.urls().isEmpty()) {
        throw e;
      }
      return openFromUrls(repository, blob, e);
    }
  }

  private InputStream openFromUrls(
      Repository repository, Descriptor blob, RegistryException registryFailure)
      throws RegistryException {
    var failure = registryFailure;
    for (var url : blob.urls()) {
      var operation =
          new Operation("read layer " + blob.digest() + " from " + url, Optional.empty());
      try {
        var bytes = caller.download(operation, URI.create(url));
        return new VerifyingInputStream(bytes, blob, operation(repository, blob));
      } catch (RegistryException e) {
        failure = failure.withDetail(String.valueOf(e.getMessage()));
      } catch (IllegalArgumentException _) {
        failure = failure.withDetail("the URL of the layer is malformed: " + url);
      }
    }
    throw failure;
  }

  private InputStream openFromRegistry(Repository repository, Descriptor blob)
      throws RegistryException {
    var operation = operation(repository, blob);
    var first =
        caller.call(call(repository, blob, 0, response -> openWhole(blob, operation, response)));
    var singleAttempt = caller.withAttempts(1);
    var resuming =
        new ResumingInputStream(
            first,
            offset ->
                singleAttempt.call(
                    call(repository, blob, offset, response -> openFrom(offset, response))),
            blob.size(),
            operation,
            caller.retry().start());
    return new VerifyingInputStream(resuming, blob, operation);
  }

  /** Reads a small blob completely, for example an image config. */
  public byte[] bytes(Repository repository, Descriptor blob) throws RegistryException {
    if (blob.size() > MAX_DOCUMENT_BYTES) {
      throw repository
          .operation("read blob " + blob.digest() + " of")
          .failed(ErrorKind.INVALID, blob.size() + " bytes are too many for a document", "");
    }
    try (var bytes = open(repository, blob)) {
      return bytes.readAllBytes();
    } catch (RegistryException e) {
      throw e;
    } catch (IOException e) {
      throw operation(repository, blob).failed(e);
    }
  }

  private static <T> Call<T> call(
      Repository repository, Descriptor blob, long offset, Call.Reader<T> reader) {
    var uri = repository.uri("blobs/" + blob.digest());
    var headers = offset == 0 ? Map.<String, String>of() : Map.of("Range", "bytes=" + offset + "-");
    return new Call<>(
        operation(repository, blob),
        repository.pull(),
        new Request("GET", uri, headers, Content.EMPTY),
        offset == 0 ? Set.of(OK) : Set.of(OK, PARTIAL_CONTENT),
        reader);
  }

  private static InputStream openWhole(Descriptor blob, Operation operation, Response response)
      throws IOException {
    var size = response.header("Content-Length").orElse("");
    if (response.isHtml() && !size.equals(String.valueOf(blob.size()))) {
      response.close();
      throw operation.failed(
          ErrorKind.INVALID,
          response.uri().getRawAuthority() + " responded with a web page",
          HtmlResponse.HINT);
    }
    return response.body();
  }

  /** Not every registry, and not every object store, supports ranges. */
  private static InputStream openFrom(long offset, Response response) throws IOException {
    var body = response.body();
    if (response.status() == OK) {
      body.skipNBytes(offset);
      return body;
    }
    var range = response.header("Content-Range").orElse("");
    if (!range.startsWith("bytes " + offset + "-")) {
      body.close();
      throw new IOException("the response is not the range from byte " + offset);
    }
    return body;
  }

  private static Operation operation(Repository repository, Descriptor blob) {
    return repository.operation("read blob " + blob.digest() + " of");
  }
}
