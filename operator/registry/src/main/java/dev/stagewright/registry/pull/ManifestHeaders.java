package dev.stagewright.registry.pull;

import dev.stagewright.layers.oci.Digest;
import dev.stagewright.registry.http.Response;
import java.util.Optional;

/** Reads the headers of a manifest response. */
final class ManifestHeaders {
  private ManifestHeaders() {}

  /** Returns the media type without parameters; empty text if absent. */
  static String mediaType(Response response) {
    return response.header("Content-Type").orElse("").replaceFirst(";.*", "").strip();
  }

  /** Returns the digest; empty if absent, or of another algorithm. */
  static Optional<Digest> digest(Response response) {
    try {
      return response.header("Docker-Content-Digest").map(Digest::parse);
    } catch (IllegalArgumentException _) {
      return Optional.empty();
    }
  }
}
