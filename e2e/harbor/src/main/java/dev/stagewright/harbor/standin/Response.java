package dev.stagewright.harbor.standin;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A response. */
@SuppressWarnings("ArrayRecordComponent")
record Response(int status, Map<String, String> headers, byte[] body) {
  private static final String API_VERSION = "Docker-Distribution-Api-Version";

  static Response of(int status) {
    return new Response(status, Map.of(), new byte[0]);
  }

  static Response text(int status, String text) {
    return new Response(
        status, Map.of("Content-Type", "text/plain; charset=utf-8"), text.getBytes(UTF_8));
  }

  static Response json(int status, Object value) {
    return new Response(
        status, Map.of("Content-Type", "application/json; charset=utf-8"), Json.bytes(value));
  }

  /** An error in the format of registry and API, which ends with a line feed. */
  static Response error(int status, String code, String message) {
    return errors(status, Json.object("code", code, "message", message));
  }

  /** An error with these fields. */
  static Response errors(int status, Map<String, Object> error) {
    var response = json(status, Map.of("errors", List.of(error)));
    var body = Arrays.copyOf(response.body(), response.body().length + 1);
    body[body.length - 1] = '\n';
    return new Response(status, response.headers(), body);
  }

  Response with(String name, String value) {
    var all = new LinkedHashMap<>(headers);
    all.put(name, value);
    return new Response(status, all, body);
  }

  /** The same response with the headers of the registry component. */
  Response ofRegistry() {
    return with(API_VERSION, "registry/2.0");
  }
}
