package dev.stagewright.registry.push;

import dev.stagewright.layers.oci.Digest;
import dev.stagewright.registry.call.Repository;
import dev.stagewright.registry.error.ErrorKind;
import dev.stagewright.registry.error.Operation;
import dev.stagewright.registry.error.RegistryException;
import dev.stagewright.registry.http.Response;
import java.net.URI;
import java.util.Optional;

/**
 * An upload that a registry has opened.
 *
 * @param location where its bytes go
 * @param minChunkSize how many bytes a chunk has at least, except for the last
 */
record UploadSession(URI location, long minChunkSize) {

  /** Reads the {@code Location} of an answer, which may be relative. */
  static UploadSession of(Repository repository, Response response, Operation operation)
      throws RegistryException {
    var header = response.header("Location").orElse("");
    URI location;
    try {
      location = response.uri().resolve(header);
    } catch (IllegalArgumentException _) {
      throw operation.failed(ErrorKind.INVALID, "its upload address is malformed", "");
    }
    if (header.isEmpty() || location.getHost() == null) {
      throw operation.failed(ErrorKind.INVALID, "it names no upload address", "");
    }
    if (repository.endpoint().origin().getScheme().equals("https")
        && !location.getScheme().equalsIgnoreCase("https")) {
      throw operation.failed(
          ErrorKind.INVALID,
          "it names an upload address without TLS, " + location.getRawAuthority(),
          "set the external URL that the registry knows itself by to https");
    }
    return new UploadSession(location, minChunkSize(response).orElse(1L));
  }

  /** Where the next bytes go, by the answer to the last; unsaid things stay as they are. */
  UploadSession next(Repository repository, Response response) throws RegistryException {
    if (response.header("Location").isEmpty()) {
      return this;
    }
    var next = of(repository, response, repository.operationInRepository("push to"));
    return new UploadSession(next.location(), minChunkSize(response).orElse(minChunkSize));
  }

  private static Optional<Long> minChunkSize(Response response) {
    return response
        .header("OCI-Chunk-Min-Length")
        .filter(length -> length.matches("[0-9]{1,18}"))
        .map(Long::parseLong);
  }

  /** Where the blob is finished. */
  URI finish(Digest digest) {
    var separator = location.getRawQuery() == null ? "?" : "&";
    return URI.create(location + separator + "digest=" + digest);
  }
}
