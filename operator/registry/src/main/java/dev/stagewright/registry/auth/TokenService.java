package dev.stagewright.registry.auth;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.stagewright.registry.error.ErrorKind;
import dev.stagewright.registry.error.ErrorResponse;
import dev.stagewright.registry.error.Hint;
import dev.stagewright.registry.error.HtmlResponse;
import dev.stagewright.registry.error.Operation;
import dev.stagewright.registry.error.RegistryException;
import dev.stagewright.registry.host.Endpoint;
import dev.stagewright.registry.http.Content;
import dev.stagewright.registry.http.HttpTransport;
import dev.stagewright.registry.http.Request;
import dev.stagewright.registry.http.Response;
import dev.stagewright.registry.http.RetryAfter;
import java.io.IOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Fetches tokens according to the token authentication of the distribution specification. */
final class TokenService {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final int MAX_RESPONSE_BYTES = 1 << 20;
  private static final long MIN_LIFETIME_SECONDS = 60;
  private static final String CLIENT = "stagewright";

  private final HttpTransport transport;
  private final Clock clock;

  TokenService(HttpTransport transport, Clock clock) {
    this.transport = transport;
    this.clock = clock;
  }

  /** Fetches a new token; an anonymous one without a credential. */
  Token fetch(
      Endpoint registry,
      Challenge.Bearer challenge,
      Optional<Credential> credential,
      List<TokenScope> scopes)
      throws RegistryException {
    var operation =
        new Operation("get a token for " + registry.registry(), Optional.of(challenge.realm()));
    var realm = checkedRealm(registry, challenge, operation);
    var authorization =
        credential
            .filter(Credential.Password.class::isInstance)
            .map(password -> ((Credential.Password) password).basic());
    var fields = fields(challenge, scopes);
    var request =
        credential.orElse(null) instanceof Credential.IdentityToken(var refreshToken)
            ? refresh(realm, fields, refreshToken)
            : Request.of("GET", URI.create(realm + separator(realm) + fields));
    try (var response = transport.send(registry.connectionTo(realm), request, authorization)) {
      return token(response, operation);
    } catch (IOException e) {
      throw operation.failed(e);
    }
  }

  private static URI checkedRealm(
      Endpoint registry, Challenge.Bearer challenge, Operation operation) throws RegistryException {
    Optional<String> problem;
    try {
      var realm = new URI(challenge.realm());
      problem = RealmCheck.objection(registry, realm);
      if (problem.isEmpty()) {
        return realm;
      }
    } catch (URISyntaxException _) {
      problem = Optional.of("its address is malformed");
    }
    throw operation.failed(
        ErrorKind.INVALID,
        "credentials are not sent to the token service that the registry names: " + problem.get(),
        "");
  }

  private static Request refresh(URI realm, String fields, String refreshToken) {
    var form =
        Stream.of(
                field("grant_type", "refresh_token"),
                field("client_id", CLIENT),
                field("refresh_token", refreshToken),
                fields)
            .collect(Collectors.joining("&"));
    return new Request(
        "POST",
        realm,
        Map.of("Content-Type", "application/x-www-form-urlencoded"),
        Content.of(form.getBytes(StandardCharsets.UTF_8)));
  }

  private static String fields(Challenge.Bearer challenge, List<TokenScope> scopes) {
    return Stream.concat(
            challenge.service().map(service -> field("service", service)).stream(),
            scopes.stream().map(scope -> field("scope", scope.toString())))
        .collect(Collectors.joining("&"));
  }

  private static String field(String name, String value) {
    return name + "=" + URLEncoder.encode(value, StandardCharsets.UTF_8);
  }

  private static String separator(URI realm) {
    return realm.getRawQuery() == null ? "?" : "&";
  }

  private Token token(Response response, Operation operation) throws IOException {
    var requestedAt = clock.instant();
    var body = response.bytes(MAX_RESPONSE_BYTES);
    if (response.status() != 200) {
      var error = ErrorResponse.of(response.status(), body, RetryAfter.of(response, requestedAt));
      throw operation.rejected(error, Hint.unauthorized("check user name and password"));
    }
    var json = json(body, operation);
    var value =
        Stream.of("token", "access_token")
            .map(name -> json.path(name).asText())
            .filter(text -> !text.isEmpty())
            .findFirst()
            .orElseThrow(
                () -> operation.failed(ErrorKind.INVALID, "the response has no token", ""));
    return new Token(value, requestedAt.plus(usableLifetime(json)));
  }

  private static JsonNode json(byte[] body, Operation operation) throws RegistryException {
    try {
      return JSON.readTree(body);
    } catch (IOException _) {
      // The message of the parser would quote the page.
      throw operation.failed(
          ErrorKind.INVALID,
          "the response is "
              + (HtmlResponse.isHtml(body) ? "a web page" : "not JSON")
              + ", not a token",
          HtmlResponse.HINT);
    }
  }

  /** Nine tenths of the token's lifetime, so that it does not expire during a request. */
  private static Duration usableLifetime(JsonNode json) {
    var seconds =
        Math.max(json.path("expires_in").asLong(MIN_LIFETIME_SECONDS), MIN_LIFETIME_SECONDS);
    return Duration.ofSeconds(seconds).multipliedBy(9).dividedBy(10);
  }
}
