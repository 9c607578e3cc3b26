package dev.stagewright.bench.compare.builder;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;

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

  /** The compressed size of all layers of an image. */
  public long layerBytes(BuildJob job) throws IOException, InterruptedException {
    var path = "/v2/" + job.repository() + "/manifests/" + job.tag();
    var request =
        HttpRequest.newBuilder(URI.create("http://" + registry + path))
            .header("Accept", MANIFESTS)
            .build();
    var response = client.send(request, BodyHandlers.ofString());
    if (response.statusCode() != OK) {
      throw new IOException("no image " + job.reference(registry) + ": " + response.statusCode());
    }
    var bytes = 0L;
    for (var layer : JSON.readTree(response.body()).path("layers")) {
      bytes += layer.path("size").asLong();
    }
    return bytes;
  }
}
