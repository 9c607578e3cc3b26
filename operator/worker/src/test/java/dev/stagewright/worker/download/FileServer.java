package dev.stagewright.worker.download;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;

/** A web server on the loopback interface with configured responses for each path. */
public final class FileServer implements AutoCloseable {
  private final HttpServer server;
  private final Map<String, CopyOnWriteArrayList<Answer>> answers = new ConcurrentHashMap<>();
  private final Map<String, Answer> parts = new ConcurrentHashMap<>();
  private final List<String> requests = new CopyOnWriteArrayList<>();

  /**
   * The response of a path: headers have the form {@code name: value}; the last bytes may never be
   * sent.
   */
  @SuppressWarnings("ArrayRecordComponent") // never compared
  public record Answer(int status, byte[] body, int missing, List<String> headers) {
    /** A complete response. */
    public Answer(int status, String body, String... headers) {
      this(status, body.getBytes(StandardCharsets.UTF_8), 0, List.of(headers));
    }

    /** A file. */
    public static Answer file(byte[] content, String... headers) {
      return new Answer(200, content, 0, List.of(headers));
    }

    /** A response that ends before its last bytes. */
    public static Answer cutShort(String body, int missing, String... headers) {
      return new Answer(200, body.getBytes(StandardCharsets.UTF_8), missing, List.of(headers));
    }
  }

  private FileServer(HttpServer server) {
    this.server = server;
  }

  /** Starts the server. */
  public static FileServer start() throws IOException {
    var http = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    var server = new FileServer(http);
    http.createContext("/", server::answer);
    http.start();
    return server;
  }

  /** Adds a response of a path; the last one is used for all further requests. */
  public FileServer on(String path, Answer... inTurn) {
    answers.put(path, new CopyOnWriteArrayList<>(inTurn));
    return this;
  }

  /** Responds to all requests of a path but the first: with the text, or with a part of it. */
  public FileServer onRange(String path, String text, String... headers) {
    parts.put(path, new Answer(200, text, headers));
    return this;
  }

  /** The address of a path. */
  public String url(String path) {
    return "http://127.0.0.1:" + server.getAddress().getPort() + path;
  }

  /** The requests: path, and authorization and range if there were any. */
  public List<String> requests() {
    return requests;
  }

  private void answer(HttpExchange exchange) throws IOException {
    try (exchange) {
      var path = exchange.getRequestURI().getPath();
      var authorization = exchange.getRequestHeaders().getOrDefault("Authorization", List.of());
      var range = exchange.getRequestHeaders().getOrDefault("Range", List.of());
      requests.add(
          String.join(" ", path, String.join(",", authorization), String.join(",", range))
              .replaceAll(" +", " ")
              .strip());
      var inTurn =
          answers.getOrDefault(path, new CopyOnWriteArrayList<>(List.of(new Answer(404, ""))));
      var answer = inTurn.size() > 1 ? inTurn.removeFirst() : inTurn.getFirst();
      if (requests.size() > 1 && parts.containsKey(path)) {
        answer = part(parts.get(path), range);
      }
      for (var header : answer.headers()) {
        var parts = header.split(": ", 2);
        exchange.getResponseHeaders().add(parts[0], parts[1]);
      }
      var body = answer.body();
      exchange.sendResponseHeaders(
          answer.status(), body.length == 0 ? -1 : body.length + answer.missing());
      exchange.getResponseBody().write(body);
    }
  }

  private static Answer part(Answer whole, List<String> range) {
    if (range.isEmpty()) {
      return whole;
    }
    var from = Integer.parseInt(range.getFirst().replaceAll("bytes=(\\d+)-", "$1"));
    var headers = new ArrayList<>(whole.headers());
    headers.add(
        "Content-Range: bytes %d-%d/%d"
            .formatted(from, whole.body().length - 1, whole.body().length));
    var body = Arrays.copyOfRange(whole.body(), from, whole.body().length);
    return new Answer(206, body, 0, headers);
  }

  @Override
  public void close() {
    server.stop(0);
  }
}
