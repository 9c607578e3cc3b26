package dev.stagewright.harbor.standin;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.HttpExchange;
import java.io.IOException;
import java.net.URLDecoder;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * A request.
 *
 * @param method for example {@code GET}
 * @param path path, decoded once, as in Go's router
 * @param rawQuery encoded query; may be empty
 * @param http exchange with the headers
 * @param body the whole body
 */
@SuppressWarnings("ArrayRecordComponent")
record Request(String method, String path, String rawQuery, HttpExchange http, byte[] body) {

  static Request of(HttpExchange http) throws IOException {
    var uri = http.getRequestURI();
    return new Request(
        http.getRequestMethod(),
        // "+" is not decoded in a path.
        URLDecoder.decode(uri.getRawPath().replace("+", "%2B"), UTF_8),
        Optional.ofNullable(uri.getRawQuery()).orElse(""),
        http,
        http.getRequestBody().readAllBytes());
  }

  String line() {
    return method + " " + path + (rawQuery.isEmpty() ? "" : "?" + rawQuery);
  }

  Optional<String> header(String name) {
    return Optional.ofNullable(http.getRequestHeaders().getFirst(name));
  }

  boolean isRead() {
    return method.equals("GET") || method.equals("HEAD");
  }

  /** The decoded values of a query parameter. */
  List<String> query(String name) {
    return Arrays.stream(rawQuery.split("&"))
        .filter(field -> field.startsWith(name + "="))
        .map(field -> URLDecoder.decode(field.substring(name.length() + 1), UTF_8))
        .toList();
  }

  Optional<String> first(String name) {
    return query(name).stream().findFirst();
  }

  boolean asks(String name) {
    return first(name).filter("true"::equals).isPresent();
  }
}
