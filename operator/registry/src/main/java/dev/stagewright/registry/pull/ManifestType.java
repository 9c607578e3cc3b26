package dev.stagewright.registry.pull;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.stagewright.layers.oci.MediaTypes;
import java.io.IOException;
import java.util.Set;

/** Tells what a document is that a registry gave for a manifest. */
final class ManifestType {
  private static final ObjectMapper JSON = new ObjectMapper();

  /** Types that say nothing of what a document is. */
  private static final Set<String> VAGUE =
      Set.of("", "application/json", "application/octet-stream", "text/plain");

  private ManifestType() {}

  /**
   * Its media type: what the answer says; where that is none of a manifest, as behind proxies that
   * say {@code text/plain} of everything, what the document says itself, or looks like.
   */
  static String of(String said, byte[] document) {
    if (!VAGUE.contains(said)) {
      return said;
    }
    try {
      return of(said, JSON.readTree(document));
    } catch (IOException _) {
      return said;
    }
  }

  private static String of(String said, JsonNode json) {
    var own = json.path("mediaType").asText();
    if (!own.isEmpty()) {
      return own;
    }
    if (json.path("manifests").isArray()) {
      return MediaTypes.INDEX;
    }
    return json.path("config").isObject() && json.path("layers").isArray()
        ? MediaTypes.MANIFEST
        : said;
  }
}
