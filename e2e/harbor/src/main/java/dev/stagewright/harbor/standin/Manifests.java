package dev.stagewright.harbor.standin;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Optional;
import java.util.stream.Stream;

/** The references in manifests. */
final class Manifests {
  private Manifests() {}

  /** The digest of a referenced blob or manifest that the repository does not have. */
  static Optional<String> missing(byte[] manifest, Repository repository) {
    var json = Json.read(manifest);
    var blobs =
        Stream.concat(Stream.of(json.path("config")), json.path("layers").valueStream())
            .filter(JsonNode::isObject)
            .map(blob -> blob.path("digest").asText())
            .filter(digest -> repository.blob(digest).isEmpty());
    var manifests =
        json.path("manifests")
            .valueStream()
            .map(entry -> entry.path("digest").asText())
            .filter(digest -> repository.artifact(digest).isEmpty());
    return Stream.concat(blobs, manifests).findFirst();
  }
}
