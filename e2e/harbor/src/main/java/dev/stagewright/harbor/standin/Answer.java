package dev.stagewright.harbor.standin;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What is answered to a request. */
@SuppressWarnings("ArrayRecordComponent")
record Answer(int status, Map<String, String> headers, byte[] body) {
  private static final String API_VERSION = "Docker-Distribution-Api-Version";

  static Answer of(int status) {
    return new Answer(status, Map.of(), new byte[0]);
  }

  static Answer text(int status, String text) {
    return new Answer(
        status, Map.of("Content-Type", "text/plain; charset=utf-8"), text.getBytes(UTF_8));
  }

  static Answer json(int status, Object value) {
    return new Answer(
        status, Map.of("Content-Type", "application/json; charset=utf-8"), Json.bytes(value));
  }

  /** An error as registry and API give it, which ends with a line feed. */
  static Answer error(int status, String code, String message) {
    return errors(status, Json.object("code", code, "message", message));
  }

  /** An error of these fields. */
  static Answer errors(int status, Map<String, Object> error) {
    var answer = json(status, Map.of("errors", List.of(error)));
    var body = Arrays.copyOf(answer.body(), answer.body().length + 1);
    body[body.length - 1] = '\n';
    return new Answer(status, answer.headers(), body);
  }

  Answer with(String name, String value) {
    var all = new LinkedHashMap<>(headers);
    all.put(name, value);
    return new Answer(status, all, body);
  }

  /** The same, as answers look that come from the registry's own parts. */
  Answer ofRegistry() {
    return with(API_VERSION, "registry/2.0");
  }
}
