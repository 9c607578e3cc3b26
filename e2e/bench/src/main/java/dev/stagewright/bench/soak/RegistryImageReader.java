package dev.stagewright.bench.soak;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.stagewright.bench.image.LayerFiles;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandler;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Reads images from the registry, without credentials and over plain HTTP.
 *
 * @param host host and port of the registry
 */
record RegistryImageReader(String host, HttpClient http) {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String MADE_FROM = "made-from";
  private static final int OK = 200;
  private static final int NOT_FOUND = 404;
  private static final Duration TIMEOUT = Duration.ofSeconds(20);
  private static final String MANIFESTS =
      "application/vnd.oci.image.manifest.v1+json,"
          + "application/vnd.docker.distribution.manifest.v2+json";

  /**
   * The image of a tag.
   *
   * @param label value of the image label {@code soak}; empty if the image has no such label
   * @param madeFrom text in the file {@code made-from}; empty if the image has no such file
   */
  record TaggedImage(String digest, String label, String madeFrom) {}

  /** Returns the image of a tag; empty if the tag does not exist. */
  Optional<TaggedImage> image(String repository, String tag)
      throws IOException, InterruptedException {
    var manifest = get("/v2/" + repository + "/manifests/" + tag, BodyHandlers.ofString());
    if (manifest.statusCode() == NOT_FOUND) {
      return Optional.empty();
    }
    var digest = manifest.headers().firstValue("Docker-Content-Digest").orElse("");
    var json = json(manifest);
    var blobs = "/v2/" + repository + "/blobs/";
    var config = get(blobs + json.at("/config/digest").asText(), BodyHandlers.ofString());
    var layers = new ArrayList<String>();
    json.path("layers").forEach(layer -> layers.add(blobs + layer.path("digest").asText()));
    return Optional.of(
        new TaggedImage(
            digest, json(config).at("/config/Labels").path("soak").asText(), madeFrom(layers)));
  }

  private String madeFrom(List<String> layers) throws IOException, InterruptedException {
    for (var layer : layers.reversed()) {
      try (var body = get(layer, BodyHandlers.ofInputStream()).body()) {
        var content = LayerFiles.content(body, MADE_FROM);
        if (content.isPresent()) {
          return content.get().strip();
        }
      }
    }
    return "";
  }

  private <T> HttpResponse<T> get(String path, BodyHandler<T> body)
      throws IOException, InterruptedException {
    var request =
        HttpRequest.newBuilder(URI.create("http://" + host + path))
            .header("Accept", MANIFESTS)
            .timeout(TIMEOUT)
            .build();
    return http.send(request, body);
  }

  private static JsonNode json(HttpResponse<String> response) throws IOException {
    if (response.statusCode() != OK) {
      throw new IOException(response.uri() + " returned " + response.statusCode());
    }
    return JSON.readTree(response.body());
  }
}
