package dev.stagewright.worker.remote;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;

/** A web server on the loopback interface with configured responses for each path. */
final class FileServer implements AutoCloseable {
  private final HttpServer server;
  private final Map<String, CopyOnWriteArrayList<Answer>> answers = new ConcurrentHashMap<>();
  private final List<String> requests = new CopyOnWriteArrayList<>();

  /**
   * The response of a path: headers have the form {@code name: value}; the last bytes may never be
   * sent.
   */
  record Answer(int status, String body, int missing, List<String> headers) {
    Answer(int status, String body, String... headers) {
      this(status, body, 0, List.of(headers));
    }

    static Answer cutShort(String body, int missing) {
      return new Answer(200, body, missing, List.of());
    }
  }

  private FileServer(HttpServer server) {
    this.server = server;
  }

  static FileServer start() throws IOException {
    var http = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    var server = new FileServer(http);
    http.createContext("/", server::answer);
    http.start();
    return server;
  }

  /** Adds a response of a path; the last one is used for all further requests. */
  FileServer on(String path, Answer... inTurn) {
    answers.put(path, new CopyOnWriteArrayList<>(inTurn));
    return this;
  }

  String url(String path) {
    return "http://127.0.0.1:" + server.getAddress().getPort() + path;
  }

  /** The requests: path, and authorization if there was one. */
  List<String> requests() {
    return requests;
  }

  private void answer(HttpExchange exchange) throws IOException {
    try (exchange) {
      var path = exchange.getRequestURI().getPath();
      var authorization = exchange.getRequestHeaders().getOrDefault("Authorization", List.of());
      requests.add(String.join(" ", path, String.join(",", authorization)).strip());
      var inTurn =
          answers.getOrDefault(path, new CopyOnWriteArrayList<>(List.of(new Answer(404, ""))));
      var answer = inTurn.size() > 1 ? inTurn.removeFirst() : inTurn.getFirst();
      for (var header : answer.headers()) {
        var parts = header.split(": ", 2);
        exchange.getResponseHeaders().add(parts[0], parts[1]);
      }
      var body = answer.body().getBytes(StandardCharsets.UTF_8);
      exchange.sendResponseHeaders(
          answer.status(), body.length == 0 ? -1 : body.length + answer.missing());
      exchange.getResponseBody().write(body);
    }
  }

  @Override
  public void close() {
    server.stop(0);
  }
}
