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
 * Reads a tag of a plain-http registry all the time, as a cluster would that rolls an image out,
 * and notes each time that it named an image which was not all there.
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
    this.reader = Thread.ofVirtual().unstarted(this::readAllTheTime);
  }

  /** Begins to read. */
  public static TagReader start(String host, String repository, String tag) {
    var reader = new TagReader("http://" + host + "/v2/" + repository + "/", tag);
    reader.reader.start();
    return reader;
  }

  private void readAllTheTime() {
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

  /** What was missing, each time. */
  public List<String> incomplete() {
    return List.copyOf(incomplete);
  }

  /** How often it found a complete image. */
  public int complete() {
    return complete.get();
  }

  /** Reads no more. */
  public void stop() throws InterruptedException {
    isDone = true;
    reader.join();
    client.close();
  }
}
