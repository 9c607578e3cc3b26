package dev.stagewright.controller.flux;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.stagewright.controller.run.FluxArtifact;
import dev.stagewright.controller.run.FluxArtifact.Lookup;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import java.net.URI;
import java.util.stream.StreamSupport;

/**
 * A GitRepository, OCIRepository or Bucket of Flux.
 *
 * @param title kind and name, for messages
 * @param json the object
 */
record FluxObject(String title, JsonNode json) {
  private static final ObjectMapper JSON = new ObjectMapper();

  static FluxObject of(FluxReference reference, GenericKubernetesResource object) {
    return new FluxObject(reference.title(), JSON.valueToTree(object));
  }

  /**
   * The artifact. As in the controllers of Flux, the last artifact is used while the source is not
   * ready.
   */
  Lookup artifact() {
    var artifact = json.path("status").path("artifact");
    var url = artifact.path("url").asText("");
    if (url.isEmpty()) {
      return new Lookup.Missing(title + " has no artifact yet" + readiness());
    }
    var digest = artifact.path("digest").asText("");
    if (digest.isEmpty()) {
      return new Lookup.Missing(
          title + " has an artifact without a digest; this requires Flux 2.0 or newer");
    }
    return new Lookup.Found(
        new FluxArtifact(url, digest, artifact.path("revision").asText(""), origin()));
  }

  /** Why the source is not ready. */
  private String readiness() {
    if (json.path("spec").path("suspend").asBoolean()) {
      return "; it is suspended";
    }
    return StreamSupport.stream(json.path("status").path("conditions").spliterator(), false)
        .filter(condition -> condition.path("type").asText().equals("Ready"))
        .map(condition ->
            ": " + condition.path("reason").asText() + ": " + condition.path("message").asText())
        .findFirst()
        .orElse("; check that Flux is running");
  }

  private String origin() {
    var spec = json.path("spec");
    var url = spec.path("url").asText("");
    if (url.isEmpty()) {
      return spec.path("endpoint").asText("") + "/" + spec.path("bucketName").asText("");
    }
    try {
      var uri = URI.create(url);
      return uri.getRawUserInfo() == null ? url : url.replace(uri.getRawUserInfo() + "@", "");
    } catch (IllegalArgumentException _) {
      return "";
    }
  }
}
