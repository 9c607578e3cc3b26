package dev.stagewright.registry.real;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.awaitility.Awaitility.await;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigInteger;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URLDecoder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.Signature;
import java.security.interfaces.ECPublicKey;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * A token server for the distribution registry. Its tokens grant the requested actions that are
 * allowed. It accepts only requests of the specification: GET, the registry's service, one scope
 * per parameter.
 */
public final class TokenServer implements AutoCloseable {
  /** How long the registry accepts expired tokens. */
  private static final Duration LEEWAY = Duration.ofSeconds(60);

  private static final String SERVICE = "test-registry";
  private static final String ISSUER = "test-issuer";
  private static final String KEY_ID = "test-key";
  private static final int KEY_BYTES = 32;

  private final HttpServer server;
  private final KeyPair key;
  private final Map<String, Map<String, Set<String>>> accounts;
  private final List<List<String>> requestedScopes =
      Collections.synchronizedList(new ArrayList<>());
  private final List<String> issued = Collections.synchronizedList(new ArrayList<>());
  private volatile Duration life = Duration.ofMinutes(5);
  private volatile Instant lastEnd = Instant.MAX;

  private TokenServer(
      HttpServer server, KeyPair key, Map<String, Map<String, Set<String>>> accounts) {
    this.server = server;
    this.key = key;
    this.accounts = accounts;
  }

  /**
   * Starts a server.
   *
   * @param accounts the actions by repository, by {@code user:password}; the account {@code ""} is
   *     for anonymous requests
   */
  public static TokenServer start(Map<String, Map<String, Set<String>>> accounts) {
    try {
      var address = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
      // Not RSA, whose keys take seconds.
      var generator = KeyPairGenerator.getInstance("EC");
      generator.initialize(KEY_BYTES * Byte.SIZE);
      var tokens =
          new TokenServer(HttpServer.create(address, 0), generator.generateKeyPair(), accounts);
      tokens.server.createContext("/token", tokens::handle);
      tokens.server.start();
      return tokens;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Returns the configuration of the registry for this server; writes the key to the directory. */
  public String configuration(Path directory) throws IOException {
    var keys = directory.resolve("keys.json");
    var point = ((ECPublicKey) key.getPublic()).getW();
    Files.writeString(
        keys,
        "{\"keys\":[{\"kty\":\"EC\",\"use\":\"sig\",\"alg\":\"ES256\",\"kid\":\"%s\",\"crv\":\"P-256\",\"x\":\"%s\",\"y\":\"%s\"}]}"
            .formatted(KEY_ID, coordinate(point.getAffineX()), coordinate(point.getAffineY())));
    return """
    auth:
      token:
        realm: http://127.0.0.1:%d/token
        service: %s
        issuer: %s
        jwks: %s
    """
        .formatted(server.getAddress().getPort(), SERVICE, ISSUER, keys);
  }

  /** A coordinate of the public key in its fixed length. */
  private static String coordinate(BigInteger number) {
    var bytes = number.toByteArray();
    var fixed = new byte[KEY_BYTES];
    var length = Math.min(bytes.length, KEY_BYTES);
    System.arraycopy(bytes, bytes.length - length, fixed, KEY_BYTES - length, length);
    return base64(fixed);
  }

  /** Sets the lifetime of further tokens, regardless of the lifetime in the response. */
  public void issueFor(Duration real) {
    life = real;
  }

  /** Returns when the registry no longer accepts the tokens that were issued so far. */
  public void awaitEnd() {
    await().until(() -> Instant.now().isAfter(lastEnd.plusSeconds(1)));
  }

  /** The scopes of each request so far. */
  public List<List<String>> requestedScopes() {
    return List.copyOf(requestedScopes);
  }

  /** All tokens so far. */
  public List<String> issued() {
    return List.copyOf(issued);
  }

  private void handle(HttpExchange http) throws IOException {
    try (http) {
      var scopes = parameters(http, "scope");
      requestedScopes.add(scopes);
      var sent = Optional.ofNullable(http.getRequestHeaders().getFirst("Authorization"));
      var rights =
          accounts.entrySet().stream()
              .filter(account -> header(account.getKey()).equals(sent))
              .map(Map.Entry::getValue)
              .findFirst();
      if (!http.getRequestMethod().equals("GET")
          || !parameters(http, "service").equals(List.of(SERVICE))) {
        http.sendResponseHeaders(400, -1);
      } else if (rights.isEmpty()) {
        http.sendResponseHeaders(401, -1);
      } else {
        var body = answer(scopes, rights.get()).getBytes(UTF_8);
        http.sendResponseHeaders(200, body.length);
        http.getResponseBody().write(body);
      }
    } catch (GeneralSecurityException e) {
      throw new IOException(e);
    }
  }

  private static Optional<String> header(String account) {
    return account.isEmpty()
        ? Optional.empty()
        : Optional.of("Basic " + Base64.getEncoder().encodeToString(account.getBytes(UTF_8)));
  }

  private static List<String> parameters(HttpExchange http, String name) {
    var query = Optional.ofNullable(http.getRequestURI().getRawQuery()).orElse("");
    return Arrays.stream(query.split("&"))
        .filter(field -> field.startsWith(name + "="))
        .map(field -> URLDecoder.decode(field.substring(name.length() + 1), UTF_8))
        .toList();
  }

  private String answer(List<String> scopes, Map<String, Set<String>> rights)
      throws GeneralSecurityException {
    var now = Instant.now();
    var end = now.minus(LEEWAY).plus(life);
    lastEnd = end.plus(LEEWAY);
    var claims =
        "{\"iss\":\"%s\",\"aud\":\"%s\",\"exp\":%d,\"nbf\":%d,\"iat\":%d,\"access\":[%s]}"
            .formatted(
                ISSUER,
                SERVICE,
                end.getEpochSecond(),
                now.minus(LEEWAY).getEpochSecond(),
                now.getEpochSecond(),
                scopes.stream().map(s -> grant(s, rights)).collect(Collectors.joining(",")));
    var token = signed("{\"alg\":\"ES256\",\"kid\":\"" + KEY_ID + "\"}", claims);
    issued.add(token);
    return "{\"token\":\"" + token + "\",\"expires_in\":300}";
  }

  private static String grant(String scope, Map<String, Set<String>> rights) {
    var parts = scope.split(":", -1);
    var allowed = rights.getOrDefault(parts[1], Set.of());
    var actions =
        Arrays.stream(parts[2].split(","))
            .filter(allowed::contains)
            .map(action -> "\"" + action + "\"")
            .collect(Collectors.joining(","));
    return "{\"type\":\"repository\",\"name\":\"%s\",\"actions\":[%s]}"
        .formatted(parts[1], actions);
  }

  private String signed(String header, String claims) throws GeneralSecurityException {
    var text = base64(header.getBytes(UTF_8)) + "." + base64(claims.getBytes(UTF_8));
    var signature = Signature.getInstance("SHA256withECDSAinP1363Format");
    signature.initSign(key.getPrivate());
    signature.update(text.getBytes(UTF_8));
    return text + "." + base64(signature.sign());
  }

  private static String base64(byte[] bytes) {
    return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
  }

  @Override
  public void close() {
    server.stop(0);
  }
}
