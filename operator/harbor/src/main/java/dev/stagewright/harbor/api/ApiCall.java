package dev.stagewright.harbor.api;

import com.fasterxml.jackson.databind.JsonNode;
import dev.stagewright.registry.error.Operation;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * A call to Harbor's API.
 *
 * @param action the action to follow "cannot", for error messages
 * @param method the HTTP method
 * @param path the encoded path below {@code /api/v2.0}, with its query
 * @param headers headers besides those of every call
 * @param body the JSON body; empty for none
 * @param accepted the status codes of success
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

  /** Creates a read request that succeeds with status 200. */
  public static ApiCall get(String action, String path) {
    return new ApiCall(action, "GET", path, Map.of(), Optional.empty(), Set.of(200));
  }

  /** Creates a request that changes something. */
  public static ApiCall post(String action, String path, JsonNode body, Integer... accepted) {
    return new ApiCall(action, "POST", path, Map.of(), Optional.of(body), Set.of(accepted));
  }

  /** Returns the call with a header. */
  public ApiCall with(String name, String value) {
    return new ApiCall(action, method, path, Map.of(name, value), body, accepted);
  }

  Operation operation(String registry) {
    return new Operation(action + " (Harbor at " + registry + ")", Optional.empty());
  }
}
