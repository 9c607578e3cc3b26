package dev.stagewright.e2e;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.HttpURLConnection;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Repeatedly reads a tag of a plain HTTP registry and each blob of its image, like a cluster that
 * deploys the image. If the registry does not respond, the request is retried; data that is missing
 * after that is a gap.
 */
final class TagReader implements AutoCloseable {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Duration TIMEOUT = Duration.ofSeconds(2);
  private static final Duration PAUSE = Duration.ofMillis(100);
  private static final int ATTEMPTS = 20;
  private static final String MANIFEST =
      "application/vnd.oci.image.manifest.v1+json,"
          + " application/vnd.docker.distribution.manifest.v2+json";

  private final String repository;
  private final String tag;
  private final List<String> seen = new CopyOnWriteArrayList<>();
  private final List<String> gaps = new CopyOnWriteArrayList<>();
  private final Thread thread = Thread.ofVirtual().unstarted(this::readUntilInterrupted);

  private TagReader(String repository, String tag) {
    this.repository = repository;
    this.tag = tag;
  }

  /**
   * Starts the reader.
   *
   * @param reference {@code host:port/repository:tag}, which must exist
   */
  static TagReader start(String reference) {
    var slash = reference.indexOf('/');
    var colon = reference.lastIndexOf(':');
    var repository =
        "http://" + reference.substring(0, slash) + "/v2" + reference.substring(slash, colon);
    var reader = new TagReader(repository, reference.substring(colon + 1));
    reader.thread.start();
    return reader;
  }

  /** The digests of the complete images of the tag, in order; one entry for each change. */
  List<String> seen() {
    return List.copyOf(seen);
  }

  /** The data that was missing. */
  List<String> gaps() {
    return List.copyOf(gaps);
  }

  private void readUntilInterrupted() {
    try {
      while (true) {
        read();
        Thread.sleep(PAUSE);
      }
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }

  private void read() throws InterruptedException {
    var manifest = request("/manifests/" + tag, "");
    if (manifest.status() != 200) {
      gaps.add("tag " + tag + ": " + manifest);
      return;
    }
    var blobs = blobs(manifest.json()).toList();
    for (var blob : blobs) {
      if (!isComplete(blob)) {
        return;
      }
    }
    if (seen.isEmpty() || !seen.getLast().equals(manifest.digest())) {
      seen.add(manifest.digest());
    }
  }

  private static Stream<JsonNode> blobs(JsonNode manifest) {
    return Stream.concat(Stream.of(manifest.at("/config")), manifest.at("/layers").valueStream());
  }

  private boolean isComplete(JsonNode blob) throws InterruptedException {
    // Requests the first byte, because the cache would response a HEAD request.
    var response = request("/blobs/" + blob.at("/digest").asText(), "bytes=0-0");
    var isWhole =
        response.status() == 206
            && response.body().length() == 1
            && response.range().equals("bytes 0-0/" + blob.at("/size").asLong());
    if (!isWhole) {
      gaps.add("blob " + blob + ": " + response);
    }
    return isWhole;
  }

  /** The response after retries, while the registry reports temporary errors. */
  private Response request(String path, String range) throws InterruptedException {
    var response = requestOnce(path, range);
    for (var attempt = 1; attempt < ATTEMPTS && response.isTemporary(); attempt++) {
      Thread.sleep(PAUSE);
      response = requestOnce(path, range);
    }
    return response;
  }

  private Response requestOnce(String path, String range) {
    try {
      var http = (HttpURLConnection) URI.create(repository + path).toURL().openConnection();
      // Makes the Service choose a replica for each request.
      http.setRequestProperty("Connection", "close");
      http.setRequestProperty("Accept", MANIFEST);
      if (!range.isEmpty()) {
        http.setRequestProperty("Range", range);
      }
      http.setConnectTimeout((int) TIMEOUT.toMillis());
      http.setReadTimeout((int) TIMEOUT.toMillis());
      return Response.of(http);
    } catch (IOException e) {
      return new Response(0, "", "", String.valueOf(e));
    }
  }

  /**
   * A response of the registry.
   *
   * @param status HTTP status; 0 without a response
   * @param digest digest of the document
   * @param range range of the body and total size
   */
  private record Response(int status, String digest, String range, String body) {
    static Response of(HttpURLConnection http) throws IOException {
      var status = http.getResponseCode();
      try (var in = status < 400 ? http.getInputStream() : http.getErrorStream()) {
        return new Response(
            status,
            text(http.getHeaderField("Docker-Content-Digest")),
            text(http.getHeaderField("Content-Range")),
            in == null ? "" : new String(in.readAllBytes(), StandardCharsets.UTF_8));
      }
    }

    private static String text(@Nullable String field) {
      return field == null ? "" : field;
    }

    boolean isTemporary() {
      return status == 0 || status == 429 || status >= 500;
    }

    JsonNode json() {
      try {
        return JSON.readTree(body);
      } catch (IOException e) {
        throw new AssertionError("no JSON: " + this, e);
      }
    }

    @Override
    public String toString() {
      return status + " " + body;
    }
  }

  @Override
  public void close() {
    thread.interrupt();
    try {
      thread.join();
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }
}
