package dev.stagewright.registry.pull;

import dev.stagewright.layers.oci.Digest;
import dev.stagewright.registry.http.Response;
import java.util.Optional;

/** What the headers of an answer say of a manifest. */
final class ManifestHeaders {
  private ManifestHeaders() {}

  /** Without parameters; empty text if it is not said. */
  static String mediaType(Response response) {
    return response.header("Content-Type").orElse("").replaceFirst(";.*", "").strip();
  }

  /** Empty if it is not said, or is of another algorithm. */
  static Optional<Digest> digest(Response response) {
    try {
      return response.header("Docker-Content-Digest").map(Digest::parse);
    } catch (IllegalArgumentException _) {
      return Optional.empty();
    }
  }
}
