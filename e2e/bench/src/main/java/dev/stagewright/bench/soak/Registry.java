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
 * The registry, asked without credentials and over plain HTTP.
 *
 * @param host with its port
 */
record Registry(String host, HttpClient http) {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final int OK = 200;
  private static final int NOT_FOUND = 404;
  private static final Duration PATIENCE = Duration.ofSeconds(20);
  private static final String MANIFESTS =
      "application/vnd.oci.image.manifest.v1+json,"
          + "application/vnd.docker.distribution.manifest.v2+json";

  /**
   * What a tag points to.
   *
   * @param mark the image's label {@code soak}; empty where it has none
   */
  record Tagged(String digest, String mark) {}

  /** What a tag points to; empty if there is no such tag. */
  Optional<Tagged> tagged(String repository, String tag) throws IOException, InterruptedException {
    var manifest = get("/v2/" + repository + "/manifests/" + tag);
    if (manifest.statusCode() == NOT_FOUND) {
      return Optional.empty();
    }
    var digest = manifest.headers().firstValue("Docker-Content-Digest").orElse("");
    var config = json(manifest).at("/config/digest").asText();
    var labels = json(get("/v2/" + repository + "/blobs/" + config)).at("/config/Labels");
    return Optional.of(new Tagged(digest, labels.path("soak").asText()));
  }

  private HttpResponse<String> get(String path) throws IOException, InterruptedException {
    var request =
        HttpRequest.newBuilder(URI.create("http://" + host + path))
            .header("Accept", MANIFESTS)
            .timeout(PATIENCE)
            .build();
    return http.send(request, BodyHandlers.ofString());
  }

  private static JsonNode json(HttpResponse<String> response) throws IOException {
    if (response.statusCode() != OK) {
      throw new IOException(response.uri() + " answered " + response.statusCode());
    }
    return JSON.readTree(response.body());
  }
}
