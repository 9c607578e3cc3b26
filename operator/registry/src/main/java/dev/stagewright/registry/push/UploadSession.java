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
 * @param location the address of the upload
 * @param minChunkSize the smallest size of a chunk, except for the last one
 */
record UploadSession(URI location, long minChunkSize) {

  /** Parses the {@code Location} of a response, which may be relative. */
  static UploadSession of(Repository repository, Response response, Operation operation)
      throws RegistryException {
    var header = response.header("Location").orElse("");
    URI location;
    try {
      location = response.uri().resolve(header);
    } catch (IllegalArgumentException _) {
      throw operation.failed(ErrorKind.INVALID, "the upload address is malformed", "");
    }
    if (header.isEmpty() || location.getHost() == null) {
      throw operation.failed(ErrorKind.INVALID, "the response has no upload address", "");
    }
    if (repository.endpoint().origin().getScheme().equals("https")
        && !location.getScheme().equalsIgnoreCase("https")) {
      throw operation.failed(
          ErrorKind.INVALID,
          "the upload address does not use TLS: " + location.getRawAuthority(),
          "configure the registry's external URL with https");
    }
    return new UploadSession(location, minChunkSize(response).orElse(1L));
  }

  /** Returns the session after a response; headers that are absent keep their value. */
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

  /** Returns the address that completes the blob. */
  URI finish(Digest digest) {
    var separator = location.getRawQuery() == null ? "?" : "&";
    return URI.create(location + separator + "digest=" + digest);
  }
}
