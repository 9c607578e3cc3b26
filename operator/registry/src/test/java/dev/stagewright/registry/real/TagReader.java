package dev.stagewright.registry.real;

import dev.stagewright.layers.oci.Digest;
import dev.stagewright.layers.oci.Manifest;
import dev.stagewright.layers.oci.MediaTypes;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;

/**
 * Reads a tag of a plain-http registry continuously, like a cluster that deploys the image, and
 * records each time that the tag pointed to an incomplete image.
 */
public final class TagReader {
  private final HttpClient client = HttpClient.newHttpClient();
  private final String repository;
  private final String tag;
  private final List<String> incomplete = Collections.synchronizedList(new ArrayList<>());
  private final Thread reader;
  private volatile boolean isDone;
  private final AtomicInteger complete = new AtomicInteger();

  private TagReader(String repository, String tag) {
    this.repository = repository;
    this.tag = tag;
    this.reader = Thread.ofVirtual().unstarted(this::readContinuously);
  }

  /** Starts reading. */
  public static TagReader start(String host, String repository, String tag) {
    var reader = new TagReader("http://" + host + "/v2/" + repository + "/", tag);
    reader.reader.start();
    return reader;
  }

  private void readContinuously() {
    while (!isDone) {
      try {
        readOnce();
      } catch (IOException _) {
        Thread.onSpinWait(); // The registry is down.
      } catch (Exception e) {
        incomplete.add(String.valueOf(e));
      }
    }
  }

  private void readOnce() throws Exception {
    var answer = send("GET", "manifests/" + tag);
    if (answer.statusCode() != 200) {
      return;
    }
    var manifest = Manifest.parse(answer.body());
    var layers = manifest.layers().stream();
    for (var blob : Stream.concat(Stream.of(manifest.config()), layers).toList()) {
      check(blob.digest(), send("GET", "blobs/" + blob.digest()));
    }
    complete.incrementAndGet();
  }

  private void check(Digest digest, HttpResponse<byte[]> blob) {
    if (blob.statusCode() != 200 || !Digest.of(blob.body()).equals(digest)) {
      incomplete.add(digest + ": " + blob.statusCode());
    }
  }

  private HttpResponse<byte[]> send(String method, String path) throws Exception {
    var request =
        HttpRequest.newBuilder(URI.create(repository + path))
            .method(method, HttpRequest.BodyPublishers.noBody())
            .header("Accept", MediaTypes.MANIFEST)
            .build();
    return client.send(request, BodyHandlers.ofByteArray());
  }

  /** The missing blobs. */
  public List<String> incomplete() {
    return List.copyOf(incomplete);
  }

  /** The number of complete images that were read. */
  public int complete() {
    return complete.get();
  }

  /** Stops reading. */
  public void stop() throws InterruptedException {
    isDone = true;
    reader.join();
    client.close();
  }
}
