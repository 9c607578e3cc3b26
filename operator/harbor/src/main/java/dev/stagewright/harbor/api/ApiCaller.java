package dev.stagewright.harbor.api;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import dev.stagewright.registry.auth.Authorization;
import dev.stagewright.registry.auth.Credential;
import dev.stagewright.registry.call.Retry;
import dev.stagewright.registry.error.ErrorKind;
import dev.stagewright.registry.error.ErrorResponse;
import dev.stagewright.registry.error.Hint;
import dev.stagewright.registry.error.RegistryException;
import dev.stagewright.registry.host.Endpoint;
import dev.stagewright.registry.http.Content;
import dev.stagewright.registry.http.RedirectingTransport;
import dev.stagewright.registry.http.Request;
import dev.stagewright.registry.http.Response;
import dev.stagewright.registry.http.RetryAfter;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.HashMap;
import java.util.Optional;

/**
 * Makes calls to Harbor's API: sends credentials with the first request, because the API sends no
 * challenges, and retries temporary failures. Cookies are not kept: with Harbor's session cookie,
 * the client would be treated as a browser and require a CSRF token.
 *
 * @param endpoint the endpoint of Harbor
 * @param credential the account; empty for none
 * @param transport sends requests
 * @param retry the policy for temporary failures
 * @param clock the time, for {@code Retry-After}
 */
public record ApiCaller(
    Endpoint endpoint,
    Optional<Credential.Password> credential,
    RedirectingTransport transport,
    Retry retry,
    Clock clock) {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String BASE = "/api/v2.0";
  private static final int MAX_RESPONSE_BYTES = 4 << 20;

  /**
   * Makes a call.
   *
   * @throws RegistryException if Harbor rejects the call, or cannot be reached
   */
  public ApiResponse call(ApiCall call) throws RegistryException {
    return retry.run(() -> once(call));
  }

  /**
   * Makes a call to read an object.
   *
   * @return empty if the object does not exist, or the account may not read it
   * @throws RegistryException if Harbor cannot be reached
   */
  public Optional<ApiResponse> find(ApiCall call) throws RegistryException {
    try {
      return Optional.of(call(call));
    } catch (RegistryException e) {
      if (isHidden(e.kind())) {
        return Optional.empty();
      }
      throw e;
    }
  }

  /** Whether a failure means that an object does not exist, or that the account may not read it. */
  public static boolean isHidden(ErrorKind kind) {
    return kind.isAccessDenied() || kind.isNotFound();
  }

  private ApiResponse once(ApiCall call) throws RegistryException {
    var operation = call.operation(endpoint.registry());
    var authorization = credential.flatMap(password -> new Authorization.Basic(password).header());
    try (var response =
        transport.send(endpoint.origin(), endpoint.connection(), request(call), authorization)) {
      var body = response.bytes(MAX_RESPONSE_BYTES);
      if (!call.accepted().contains(response.status())) {
        throw operation.rejected(
            ErrorResponse.of(response.status(), body, RetryAfter.of(response, clock.instant())),
            Hint.unauthorized("check user name and password for " + endpoint.registry()));
      }
      return apiResponse(response, body);
    } catch (IOException e) {
      throw operation.failed(e);
    }
  }

  private static ApiResponse apiResponse(Response response, byte[] body) {
    return new ApiResponse(
        response.status(),
        json(body),
        new String(body, StandardCharsets.UTF_8),
        response.header("Link").filter(nextLink -> nextLink.contains("rel=\"next\"")));
  }

  private static JsonNode json(byte[] body) {
    try {
      return JSON.readTree(body);
    } catch (IOException _) {
      return MissingNode.getInstance();
    }
  }

  private Request request(ApiCall call) {
    var headers = new HashMap<>(call.headers());
    headers.put("Accept", "application/json, text/plain");
    call.body().ifPresent(_ -> headers.put("Content-Type", "application/json"));
    return new Request(
        call.method(),
        endpoint.origin().resolve(BASE + call.path()),
        headers,
        call.body().map(ApiCaller::content).orElse(Content.EMPTY));
  }

  private static Content content(JsonNode body) {
    try {
      return Content.of(JSON.writeValueAsBytes(body));
    } catch (JsonProcessingException e) {
      throw new IllegalStateException(e);
    }
  }
}
