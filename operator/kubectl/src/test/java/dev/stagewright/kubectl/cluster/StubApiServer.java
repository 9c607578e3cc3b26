package dev.stagewright.kubectl.cluster;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** Gives fixed responses over HTTP. */
public final class StubApiServer implements AutoCloseable {
  private final HttpServer server;
  private final Map<String, Response> responses = new ConcurrentHashMap<>();
  private final List<String> requests = new ArrayList<>();

  private record Response(int code, String body) {}

  /** Starts on a free port. */
  public StubApiServer() {
    try {
      server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    server.createContext(
        "/",
        exchange -> {
          synchronized (requests) {
            requests.add(exchange.getRequestURI().toString());
          }
          var response =
              responses.getOrDefault(
                  exchange.getRequestURI().getPath(), new Response(404, status(404)));
          var body = response.body().getBytes(UTF_8);
          exchange.getResponseHeaders().set("Content-Type", "application/json");
          exchange.sendResponseHeaders(response.code(), body.length == 0 ? -1 : body.length);
          try (var out = exchange.getResponseBody()) {
            out.write(body);
          }
        });
    server.start();
  }

  /** Responds to requests of a path. */
  public StubApiServer respond(String path, String body) {
    responses.put(path, new Response(200, body));
    return this;
  }

  /** Responds to requests of a path with an error. */
  public StubApiServer reject(String path, int code) {
    responses.put(path, new Response(code, status(code)));
    return this;
  }

  private static String status(int code) {
    return "{\"kind\": \"Status\", \"apiVersion\": \"v1\", \"code\": " + code + "}";
  }

  /** Address of the server. */
  public String url() {
    return "http://127.0.0.1:" + server.getAddress().getPort() + "/";
  }

  /** Paths and queries of the requests so far. */
  public List<String> requests() {
    synchronized (requests) {
      return List.copyOf(requests);
    }
  }

  @Override
  public void close() {
    server.stop(0);
  }
}
