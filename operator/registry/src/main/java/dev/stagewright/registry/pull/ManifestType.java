package dev.stagewright.registry.pull;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.stagewright.layers.oci.MediaTypes;
import java.io.IOException;
import java.util.Set;

/** Determines the media type of a manifest. */
final class ManifestType {
  private static final ObjectMapper JSON = new ObjectMapper();

  /** Media types that do not identify a document. */
  private static final Set<String> GENERIC =
      Set.of("", "application/json", "application/octet-stream", "text/plain");

  private ManifestType() {}

  /**
   * Returns the media type: that of the response; if that is generic, as behind proxies that send
   * {@code text/plain} for everything, the one in the document, or the one that its fields suggest.
   */
  static String of(String contentType, byte[] document) {
    if (!GENERIC.contains(contentType)) {
      return contentType;
    }
    try {
      return of(contentType, JSON.readTree(document));
    } catch (IOException _) {
      return contentType;
    }
  }

  private static String of(String contentType, JsonNode json) {
    var mediaType = json.path("mediaType").asText();
    if (!mediaType.isEmpty()) {
      return mediaType;
    }
    if (json.path("manifests").isArray()) {
      return MediaTypes.INDEX;
    }
    return json.path("config").isObject() && json.path("layers").isArray()
        ? MediaTypes.MANIFEST
        : contentType;
  }
}
