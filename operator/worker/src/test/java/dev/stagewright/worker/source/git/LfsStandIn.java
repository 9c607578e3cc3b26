package dev.stagewright.worker.source.git;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpExchange;
import dev.stagewright.layers.oci.Digest;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;

/** The batch API of Git LFS for one repository of a {@link GitServer}. */
final class LfsStandIn {
  private static final ObjectMapper JSON = new ObjectMapper();

  private final GitServer server;
  private final String objects;
  private final Map<String, byte[]> contents = new ConcurrentHashMap<>();
  private final Queue<String> authorizations = new ConcurrentLinkedQueue<>();
  private final AtomicInteger batches = new AtomicInteger();

  private LfsStandIn(GitServer server, String objects) {
    this.server = server;
    this.objects = objects;
  }

  /** Serves the API of a repository; below {@code private} with the login of the server. */
  static LfsStandIn start(GitServer server, String repository) {
    var lfs = new LfsStandIn(server, repository.replace('/', '-') + "-objects");
    var isPrivate = repository.startsWith("private");
    server.handle("/" + repository + "/info/lfs/objects/batch", isPrivate, lfs::batch);
    server.handle("/" + lfs.objects + "/", false, lfs::download);
    return lfs;
  }

  /** Stores content by its digest. */
  void put(String content) {
    replace(content, content);
  }

  /** Stores wrong content. */
  void replace(String content, String wrong) {
    contents.put(
        Digest.of(content.getBytes(StandardCharsets.UTF_8)).hex(),
        wrong.getBytes(StandardCharsets.UTF_8));
  }

  int batches() {
    return batches.get();
  }

  List<String> authorizations() {
    return List.copyOf(authorizations);
  }

  private void batch(HttpExchange exchange) throws IOException {
    try (exchange) {
      batches.incrementAndGet();
      Optional.ofNullable(exchange.getRequestHeaders().getFirst("Authorization"))
          .ifPresent(authorizations::add);
      var request = JSON.readTree(exchange.getRequestBody());
      var answer = JSON.createObjectNode();
      var answers = answer.putArray("objects");
      for (var object : request.path("objects")) {
        var oid = object.path("oid").asText();
        var one = answers.addObject().put("oid", oid);
        if (contents.containsKey(oid)) {
          one.putObject("actions")
              .putObject("download")
              .put("href", server.url(objects + "/" + oid));
        } else {
          one.putObject("error").put("code", 404).put("message", "not here");
        }
      }
      var bytes = JSON.writeValueAsBytes(answer);
      exchange.sendResponseHeaders(200, bytes.length);
      exchange.getResponseBody().write(bytes);
    }
  }

  private void download(HttpExchange exchange) throws IOException {
    try (exchange) {
      var path = exchange.getRequestURI().getPath();
      var content = contents.getOrDefault(path.substring(path.lastIndexOf('/') + 1), new byte[0]);
      exchange.sendResponseHeaders(200, content.length);
      exchange.getResponseBody().write(content);
    }
  }
}
