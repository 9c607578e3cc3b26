package dev.stagewright.e2e.conformance.image;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** Reads images from a registry by plain HTTP. Layers that images share are read once. */
public final class ImageReader implements AutoCloseable {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String MANIFESTS =
      "application/vnd.oci.image.manifest.v1+json,"
          + "application/vnd.docker.distribution.manifest.v2+json";

  private final HttpClient client = HttpClient.newHttpClient();
  private final Map<String, Layer> shared = new ConcurrentHashMap<>();

  /**
   * Reads an image.
   *
   * @param reference {@code host:port/repository@digest}
   * @throws UncheckedIOException if the registry does not return the image, or the image is damaged
   */
  public Image read(String reference) {
    try {
      var manifest = json(url(reference, "manifests", digest(reference)));
      var config = json(url(reference, "blobs", manifest.at("/config/digest").asText()));
      var layers = new ArrayList<Layer>();
      for (var layer : manifest.at("/layers")) {
        layers.add(layer(reference, layer.at("/digest").asText()));
      }
      return new Image(config, layers);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read " + reference + ": " + e.getMessage(), e);
    }
  }

  /** Whether the registry has an image. */
  public boolean exists(String reference) {
    try (var _ = get(url(reference, "manifests", digest(reference)))) {
      return true;
    } catch (IOException e) {
      return false;
    }
  }

  private static String url(String reference, String kind, String digest) {
    var slash = reference.indexOf('/');
    return "http://%s/v2/%s/%s/%s"
        .formatted(
            reference.substring(0, slash),
            reference.substring(slash + 1, reference.indexOf('@')),
            kind,
            digest);
  }

  private static String digest(String reference) {
    return reference.substring(reference.indexOf('@') + 1);
  }

  private Layer layer(String reference, String digest) {
    return shared.computeIfAbsent(
        digest,
        _ -> {
          try (var blob = get(url(reference, "blobs", digest))) {
            return LayerReader.read(blob);
          } catch (IOException e) {
            throw new UncheckedIOException(e);
          }
        });
  }

  private JsonNode json(String url) throws IOException {
    try (var body = get(url)) {
      return JSON.readTree(body);
    }
  }

  private InputStream get(String url) throws IOException {
    var request =
        HttpRequest.newBuilder(URI.create(url))
            .header("Accept", MANIFESTS)
            .timeout(Duration.ofMinutes(5))
            .build();
    try {
      var response = client.send(request, BodyHandlers.ofInputStream());
      if (response.statusCode() != 200) {
        response.body().close();
        throw new IOException(url + " answered " + response.statusCode());
      }
      return response.body();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted while reading " + url, e);
    }
  }

  @Override
  public void close() {
    client.close();
  }
}
