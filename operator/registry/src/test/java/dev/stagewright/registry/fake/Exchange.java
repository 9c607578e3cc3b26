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

/** A request, and the means to answer it. */
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

  /** Adds a header to the answer. */
  public Exchange with(String name, String value) {
    http.getResponseHeaders().add(name, value);
    return this;
  }

  /** Answers with a JSON body. */
  public void json(int status, String body) throws IOException {
    with("Content-Type", "application/json; charset=utf-8").answer(status, body.getBytes(UTF_8));
  }

  /** Answers with an error as the distribution specification has it. */
  public void error(int status, String code, String message) throws IOException {
    json(status, errorBody(code, message));
  }

  private static String errorBody(String code, String message) {
    return "{\"errors\":[{\"code\":\"%s\",\"message\":\"%s\"}]}".formatted(code, message);
  }

  /** Answers without a body. */
  public void answer(int status) throws IOException {
    answer(status, new byte[0]);
  }

  /**
   * Answers once it has heard the request out. With bytes unread the connection would be reset, and
   * the answer now and then lost.
   */
  public void answer(int status, byte[] body) throws IOException {
    hearOut();
    if (method().equals("HEAD")) {
      http.getResponseHeaders().set("Content-Length", String.valueOf(body.length));
      http.sendResponseHeaders(status, -1);
    } else {
      http.sendResponseHeaders(status, body.length == 0 ? -1 : body.length);
      http.getResponseBody().write(body);
    }
    http.close();
  }

  /** Answers with an error before it has heard the request out. */
  public void errorAtOnce(int status, String code, String message) throws IOException {
    answerAtOnce(status, errorBody(code, message));
  }

  /**
   * Answers before it has heard the request out, and goes on to read what comes, as servers do:
   * closed at once, the connection would be reset.
   */
  public void answerAtOnce(int status, String text) throws IOException {
    var body = text.getBytes(UTF_8);
    with("Connection", "close");
    http.sendResponseHeaders(status, body.length);
    http.getResponseBody().write(body);
    http.getResponseBody().flush();
    hearOut();
    http.close();
  }

  private void hearOut() throws IOException {
    body().transferTo(OutputStream.nullOutputStream());
  }

  /** Promises more than it gives, and cuts the connection. */
  public void answerCut(int status, byte[] body, int promised) throws IOException {
    http.sendResponseHeaders(status, promised);
    http.getResponseBody().write(body);
    http.getResponseBody().flush();
    cut();
  }

  /** Starts an answer that never goes on. */
  public void answerThenSilence(int status, byte[] body, int promised) throws IOException {
    http.sendResponseHeaders(status, promised);
    http.getResponseBody().write(body);
    http.getResponseBody().flush();
  }

  /** Cuts the connection. */
  public void cut() {
    http.close();
  }
}
