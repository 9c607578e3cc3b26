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

/** {@code GET /v2/<name>/blobs/<digest>}, from where it broke off if it does. */
public final class BlobPuller {
  private static final int MAX_DOCUMENT_BYTES = 8 << 20;
  private static final int WHOLE = 200;
  private static final int PART = 206;

  private final Caller caller;

  /** Calls with this. */
  public BlobPuller(Caller caller) {
    this.caller = caller;
  }

  /**
   * The blob's bytes, checked against the descriptor as they are read; the stream throws a {@link
   * RegistryException} if they are not what they should be. Whoever asks closes it. Those of a
   * layer that the registry need not have are asked for where its descriptor says, too.
   */
  public InputStream open(Repository repository, Descriptor blob) throws RegistryException {
    try {
      return openHere(repository, blob);
    } catch (RegistryException e) {
      if (e.kind() != ErrorKind.NOT_FOUND || blob.urls().isEmpty()) {
        throw e;
      }
      return elsewhere(repository, blob, e);
    }
  }

  private InputStream elsewhere(Repository repository, Descriptor blob, RegistryException here)
      throws RegistryException {
    var failure = here;
    for (var url : blob.urls()) {
      var operation =
          new Operation("read layer " + blob.digest() + " from " + url, Optional.empty());
      try {
        var bytes = caller.download(operation, URI.create(url));
        return new VerifyingInputStream(bytes, blob, operation(repository, blob));
      } catch (RegistryException e) {
        failure = failure.with(String.valueOf(e.getMessage()));
      } catch (IllegalArgumentException _) {
        failure = failure.with("its address is malformed: " + url);
      }
    }
    throw failure;
  }

  private InputStream openHere(Repository repository, Descriptor blob) throws RegistryException {
    var operation = operation(repository, blob);
    var first = caller.call(call(repository, blob, 0, answer -> whole(blob, operation, answer)));
    var once = caller.withAttempts(1);
    var resuming =
        new ResumingInputStream(
            first,
            offset -> once.call(call(repository, blob, offset, answer -> from(offset, answer))),
            blob.size(),
            operation,
            caller.retry().start());
    return new VerifyingInputStream(resuming, blob, operation);
  }

  /** All of a small blob, for example an image config. */
  public byte[] bytes(Repository repository, Descriptor blob) throws RegistryException {
    if (blob.size() > MAX_DOCUMENT_BYTES) {
      throw repository
          .operation("read blob " + blob.digest() + " of")
          .failed(ErrorKind.INVALID, blob.size() + " bytes are too much for a document", "");
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
        offset == 0 ? Set.of(WHOLE) : Set.of(WHOLE, PART),
        reader);
  }

  private static InputStream whole(Descriptor blob, Operation operation, Response answer)
      throws IOException {
    var size = answer.header("Content-Length").orElse("");
    if (answer.isHtml() && !size.equals(String.valueOf(blob.size()))) {
      answer.close();
      throw operation.failed(
          ErrorKind.INVALID,
          answer.uri().getRawAuthority() + " sent a web page",
          HtmlResponse.HINT);
    }
    return answer.body();
  }

  /** Not every registry, and not every store behind one, gives a part. */
  private static InputStream from(long offset, Response answer) throws IOException {
    var body = answer.body();
    if (answer.status() == WHOLE) {
      body.skipNBytes(offset);
      return body;
    }
    var range = answer.header("Content-Range").orElse("");
    if (!range.startsWith("bytes " + offset + "-")) {
      body.close();
      throw new IOException("it gave another part than that from byte " + offset + " on");
    }
    return body;
  }

  private static Operation operation(Repository repository, Descriptor blob) {
    return repository.operation("read blob " + blob.digest() + " of");
  }
}
