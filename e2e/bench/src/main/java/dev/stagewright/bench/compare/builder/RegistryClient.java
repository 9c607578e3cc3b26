package dev.stagewright.bench.compare.builder;

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
import java.util.ArrayList;
import java.util.List;

/**
 * Looks at pushed images, so that a build without its image does not count.
 *
 * @param registry host and port, by plain HTTP
 */
public record RegistryClient(HttpClient client, String registry) {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final int OK = 200;
  private static final String MANIFESTS =
      "application/vnd.oci.image.manifest.v1+json, "
          + "application/vnd.docker.distribution.manifest.v2+json";

  /**
   * An image in the registry.
   *
   * @param layers digests of its layers
   * @param layerBytes compressed size of all layers
   */
  public record PushedImage(BuildJob job, List<String> layers, long layerBytes) {}

  /** The image of a build. */
  public PushedImage image(BuildJob job) throws IOException, InterruptedException {
    var response = get(job, "manifests/" + job.tag(), BodyHandlers.ofString());
    var digests = new ArrayList<String>();
    var bytes = 0L;
    for (JsonNode layer : JSON.readTree(response.body()).path("layers")) {
      digests.add(layer.path("digest").asText());
      bytes += layer.path("size").asLong();
    }
    return new PushedImage(job, digests, bytes);
  }

  /** The content of a small text file in the topmost layer that has it. */
  public String content(PushedImage image, String path) throws IOException, InterruptedException {
    for (var digest : image.layers().reversed()) {
      var blob = get(image.job(), "blobs/" + digest, BodyHandlers.ofInputStream());
      try (var body = blob.body()) {
        var content = LayerFiles.content(body, path);
        if (content.isPresent()) {
          return content.get();
        }
      }
    }
    throw new IOException("no file " + path + " in " + image.job().reference(registry));
  }

  private <T> HttpResponse<T> get(BuildJob job, String path, BodyHandler<T> body)
      throws IOException, InterruptedException {
    var request =
        HttpRequest.newBuilder(
                URI.create("http://" + registry + "/v2/" + job.repository() + "/" + path))
            .header("Accept", MANIFESTS)
            .build();
    var response = client.send(request, body);
    if (response.statusCode() != OK) {
      throw new IOException("no image " + job.reference(registry) + ": " + response.statusCode());
    }
    return response;
  }
}
