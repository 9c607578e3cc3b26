package dev.stagewright.harbor.api;

import com.fasterxml.jackson.databind.JsonNode;
import dev.stagewright.registry.error.Operation;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * A call to Harbor's API.
 *
 * @param action what it is for, after "cannot", for errors
 * @param method of HTTP
 * @param path below {@code /api/v2.0}, with its query, encoded
 * @param headers beside those of every call
 * @param body what is sent, as JSON; empty for none
 * @param accepted status codes of success
 */
public record ApiCall(
    String action,
    String method,
    String path,
    Map<String, String> headers,
    Optional<JsonNode> body,
    Set<Integer> accepted) {
  public ApiCall {
    headers = Map.copyOf(headers);
    accepted = Set.copyOf(accepted);
  }

  /** A question that is answered with 200. */
  public static ApiCall get(String action, String path) {
    return new ApiCall(action, "GET", path, Map.of(), Optional.empty(), Set.of(200));
  }

  /** Something that is to be done. */
  public static ApiCall post(String action, String path, JsonNode body, Integer... accepted) {
    return new ApiCall(action, "POST", path, Map.of(), Optional.of(body), Set.of(accepted));
  }

  /** The same with a header more. */
  public ApiCall with(String name, String value) {
    return new ApiCall(action, method, path, Map.of(name, value), body, accepted);
  }

  Operation operation(String registry) {
    return new Operation(action + " (Harbor at " + registry + ")", Optional.empty());
  }
}
