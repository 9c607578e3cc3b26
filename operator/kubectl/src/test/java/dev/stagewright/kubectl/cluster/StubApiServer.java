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

/** Gives fixed answers over HTTP. */
final class StubApiServer implements AutoCloseable {
  private final HttpServer server;
  private final Map<String, Answer> answers = new ConcurrentHashMap<>();
  private final List<String> asked = new ArrayList<>();

  private record Answer(int code, String body) {}

  StubApiServer() {
    try {
      server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    server.createContext(
        "/",
        exchange -> {
          synchronized (asked) {
            asked.add(exchange.getRequestURI().toString());
          }
          var answer =
              answers.getOrDefault(
                  exchange.getRequestURI().getPath(), new Answer(404, failure(404)));
          var body = answer.body().getBytes(UTF_8);
          exchange.getResponseHeaders().set("Content-Type", "application/json");
          exchange.sendResponseHeaders(answer.code(), body.length == 0 ? -1 : body.length);
          try (var out = exchange.getResponseBody()) {
            out.write(body);
          }
        });
    server.start();
  }

  StubApiServer answer(String path, String body) {
    answers.put(path, new Answer(200, body));
    return this;
  }

  StubApiServer refuse(String path, int code) {
    answers.put(path, new Answer(code, failure(code)));
    return this;
  }

  private static String failure(int code) {
    return "{\"kind\": \"Status\", \"apiVersion\": \"v1\", \"code\": " + code + "}";
  }

  String url() {
    return "http://127.0.0.1:" + server.getAddress().getPort() + "/";
  }

  List<String> asked() {
    synchronized (asked) {
      return List.copyOf(asked);
    }
  }

  @Override
  public void close() {
    server.stop(0);
  }
}
