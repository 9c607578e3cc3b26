package dev.stagewright.bench.soak;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.Optional;

/**
 * Reads images from the registry, without credentials and over plain HTTP.
 *
 * @param host host and port of the registry
 */
record RegistryImageReader(String host, HttpClient http) {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final int OK = 200;
  private static final int NOT_FOUND = 404;
  private static final Duration TIMEOUT = Duration.ofSeconds(20);
  private static final String MANIFESTS =
      "application/vnd.oci.image.manifest.v1+json,"
          + "application/vnd.docker.distribution.manifest.v2+json";

  /**
   * The image of a tag.
   *
   * @param marker value of the image label {@code soak}; empty if the image has no such label
   */
  record TaggedImage(String digest, String marker) {}

  /** Returns the image of a tag; empty if the tag does not exist. */
  Optional<TaggedImage> image(String repository, String tag)
      throws IOException, InterruptedException {
    var manifest = get("/v2/" + repository + "/manifests/" + tag);
    if (manifest.statusCode() == NOT_FOUND) {
      return Optional.empty();
    }
    var digest = manifest.headers().firstValue("Docker-Content-Digest").orElse("");
    var config = json(manifest).at("/config/digest").asText();
    var labels = json(get("/v2/" + repository + "/blobs/" + config)).at("/config/Labels");
    return Optional.of(new TaggedImage(digest, labels.path("soak").asText()));
  }

  private HttpResponse<String> get(String path) throws IOException, InterruptedException {
    var request =
        HttpRequest.newBuilder(URI.create("http://" + host + path))
            .header("Accept", MANIFESTS)
            .timeout(TIMEOUT)
            .build();
    return http.send(request, BodyHandlers.ofString());
  }

  private static JsonNode json(HttpResponse<String> response) throws IOException {
    if (response.statusCode() != OK) {
      throw new IOException(response.uri() + " returned " + response.statusCode());
    }
    return JSON.readTree(response.body());
  }
}
