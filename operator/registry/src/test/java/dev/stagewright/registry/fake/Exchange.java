package dev.stagewright.registry.fake;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.HttpExchange;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.URLDecoder;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** A request to the fake registry, and methods to respond to it. */
public final class Exchange {
  private final HttpExchange http;

  Exchange(HttpExchange http) {
    this.http = http;
  }

  /** For example {@code GET /v2/a/manifests/1}, without the query. */
  public String line() {
    return http.getRequestMethod() + " " + http.getRequestURI().getPath();
  }

  /** Path and query. */
  public String target() {
    return http.getRequestURI().toString();
  }

  public String method() {
    return http.getRequestMethod();
  }

  public String path() {
    return http.getRequestURI().getPath();
  }

  /** The values of a query parameter, decoded. */
  public List<String> query(String name) {
    var query = Optional.ofNullable(http.getRequestURI().getRawQuery()).orElse("");
    return Arrays.stream(query.split("&"))
        .filter(field -> field.startsWith(name + "="))
        .map(field -> URLDecoder.decode(field.substring(name.length() + 1), UTF_8))
        .toList();
  }

  public Optional<String> header(String name) {
    return Optional.ofNullable(http.getRequestHeaders().getFirst(name));
  }

  public InputStream body() {
    return http.getRequestBody();
  }

  /** Adds a header to the response. */
  public Exchange with(String name, String value) {
    http.getResponseHeaders().add(name, value);
    return this;
  }

  /** Responds with a JSON body. */
  public void json(int status, String body) throws IOException {
    with("Content-Type", "application/json; charset=utf-8").answer(status, body.getBytes(UTF_8));
  }

  /** Responds with an error of the distribution specification. */
  public void error(int status, String code, String message) throws IOException {
    json(status, errorBody(code, message));
  }

  private static String errorBody(String code, String message) {
    return "{\"errors\":[{\"code\":\"%s\",\"message\":\"%s\"}]}".formatted(code, message);
  }

  /** Responds without a body. */
  public void answer(int status) throws IOException {
    answer(status, new byte[0]);
  }

  /**
   * Responds after reading the request completely. With unread bytes, the connection would be
   * reset, and the response sometimes lost.
   */
  public void answer(int status, byte[] body) throws IOException {
    readRequest();
    if (method().equals("HEAD")) {
      http.getResponseHeaders().set("Content-Length", String.valueOf(body.length));
      http.sendResponseHeaders(status, -1);
    } else {
      http.sendResponseHeaders(status, body.length == 0 ? -1 : body.length);
      http.getResponseBody().write(body);
    }
    http.close();
  }

  /** Responds with an error before reading the request. */
  public void errorAtOnce(int status, String code, String message) throws IOException {
    answerAtOnce(status, errorBody(code, message));
  }

  /**
   * Responds before reading the request, and then reads it, as servers do: if it was closed at
   * once, the connection would be reset.
   */
  public void answerAtOnce(int status, String text) throws IOException {
    var body = text.getBytes(UTF_8);
    with("Connection", "close");
    http.sendResponseHeaders(status, body.length);
    http.getResponseBody().write(body);
    http.getResponseBody().flush();
    readRequest();
    http.close();
  }

  private void readRequest() throws IOException {
    body().transferTo(OutputStream.nullOutputStream());
  }

  /** Announces more bytes than it sends, and closes the connection. */
  public void answerCut(int status, byte[] body, int announced) throws IOException {
    http.sendResponseHeaders(status, announced);
    http.getResponseBody().write(body);
    http.getResponseBody().flush();
    cut();
  }

  /** Starts a response that never continues. */
  public void answerThenSilence(int status, byte[] body, int announced) throws IOException {
    http.sendResponseHeaders(status, announced);
    http.getResponseBody().write(body);
    http.getResponseBody().flush();
  }

  /** Closes the connection. */
  public void cut() {
    http.close();
  }
}
