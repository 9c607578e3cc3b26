package dev.stagewright.e2e;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.stagewright.layers.oci.Digest;
import dev.stagewright.layers.oci.ImageConfig;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;

/**
 * A repository in the registry of the cluster, which needs no credentials.
 *
 * @param client for requests
 * @param url of the repository, without a trailing slash
 */
record RegistryRepository(HttpClient client, String url) {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String MANIFEST = "application/vnd.oci.image.manifest.v1+json";

  static RegistryRepository of(HttpClient client, String registry, String name) {
    return new RegistryRepository(client, "http://%s/v2/%s".formatted(registry, name));
  }

  JsonNode manifest(String tag) throws IOException, InterruptedException {
    var request = request("/manifests/" + tag).header("Accept", MANIFEST).build();
    return JSON.readTree(send(request, BodyHandlers.ofInputStream()).body());
  }

  InputStream blob(String digest) throws IOException, InterruptedException {
    return send(request("/blobs/" + digest).build(), BodyHandlers.ofInputStream()).body();
  }

  /** Adds a tag for an image with the same layers and another config. */
  void push(String tag, JsonNode manifest, ImageConfig config)
      throws IOException, InterruptedException {
    var bytes = config.bytes();
    var digest = Digest.of(bytes).toString();
    var start = request("/blobs/uploads/").POST(BodyPublishers.noBody()).build();
    var upload = send(start, BodyHandlers.discarding()).headers().firstValue("Location");
    var location = URI.create(url).resolve(upload.orElseThrow()).toString();
    var separator = location.contains("?") ? "&" : "?";
    put(location + separator + "digest=" + digest, "application/octet-stream", bytes);

    ObjectNode changed = manifest.deepCopy();
    changed.withObject("/config").put("digest", digest).put("size", bytes.length);
    put(url + "/manifests/" + tag, MANIFEST, JSON.writeValueAsBytes(changed));
  }

  private void put(String target, String type, byte[] body)
      throws IOException, InterruptedException {
    var request =
        HttpRequest.newBuilder(URI.create(target))
            .header("Content-Type", type)
            .PUT(BodyPublishers.ofByteArray(body))
            .build();
    send(request, BodyHandlers.discarding());
  }

  private HttpRequest.Builder request(String path) {
    return HttpRequest.newBuilder(URI.create(url + path));
  }

  private <T> HttpResponse<T> send(HttpRequest request, HttpResponse.BodyHandler<T> handler)
      throws IOException, InterruptedException {
    var response = client.send(request, handler);
    if (response.statusCode() >= 300) {
      throw new IOException(request.uri() + ": status " + response.statusCode());
    }
    return response;
  }
}
