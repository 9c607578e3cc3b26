package dev.stagewright.e2e;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.URLDecoder;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A token service for the distribution registry, with HTTPS, that Pods of the cluster can reach.
 * Its tokens grant the requested permissions that the account has. It supports GET with Basic
 * authentication only.
 */
final class TokenService implements AutoCloseable {
  private static final String SERVICE = "registry.e2e";
  private static final String ISSUER = "tokens.e2e";

  /** How long the registry accepts a token after its expiration. */
  private static final Duration LEEWAY = Duration.ofSeconds(60);

  private final HttpsServer server;
  private final TokenIssuer issuer;
  private final List<Account> accounts;
  private final List<String> issued = new CopyOnWriteArrayList<>();
  private final AtomicInteger refused = new AtomicInteger();

  /**
   * An account of the token service.
   *
   * @param life lifetime of a token in whole seconds, with a tolerance of one second
   * @param rights actions by repository
   */
  record Account(String user, String password, Duration life, Map<String, Set<String>> rights) {
    private String authorization() {
      var pair = (user + ":" + password).getBytes(UTF_8);
      return "Basic " + Base64.getEncoder().encodeToString(pair);
    }
  }

  private TokenService(HttpsServer server, TokenIssuer issuer, List<Account> accounts) {
    this.server = server;
    this.issuer = issuer;
    this.accounts = accounts;
  }

  /**
   * Starts a token service.
   *
   * @param certificate certificate of the server
   * @param issuer issuer whose certificate the registry trusts
   */
  static TokenService start(
      Environment environment,
      ServerCertificate certificate,
      TokenIssuer issuer,
      List<Account> accounts) {
    try {
      var server = HttpsServer.create(new InetSocketAddress(environment.host(), 0), 0);
      server.setHttpsConfigurator(new HttpsConfigurator(certificate.context()));
      server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
      var service = new TokenService(server, issuer, accounts);
      server.createContext("/token", service::answer);
      server.start();
      return service;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The section for the configuration of the registry. */
  String configuration() {
    var address = server.getAddress();
    return """
    auth:
      token:
        realm: https://%s:%d/token
        service: %s
        issuer: %s
        rootcertbundle: "%s"
    """
        .formatted(
            address.getHostString(),
            address.getPort(),
            SERVICE,
            ISSUER,
            issuer.certificate().file());
  }

  /** All tokens so far. */
  List<String> issued() {
    return List.copyOf(issued);
  }

  /** The number of requests with unknown credentials. */
  int refused() {
    return refused.get();
  }

  private void answer(HttpExchange http) throws IOException {
    try (http) {
      var sent = Optional.ofNullable(http.getRequestHeaders().getFirst("Authorization"));
      var account =
          accounts.stream().filter(it -> sent.equals(Optional.of(it.authorization()))).findFirst();
      if (!http.getRequestMethod().equals("GET")) {
        http.sendResponseHeaders(405, -1);
      } else if (!parameters(http, "service").equals(List.of(SERVICE))) {
        http.sendResponseHeaders(400, -1);
      } else if (account.isEmpty()) {
        refused.incrementAndGet();
        http.sendResponseHeaders(401, -1);
      } else {
        var token = issuer.token(claims(account.get(), parameters(http, "scope")));
        issued.add(token);
        var body = "{\"token\": \"%s\"}".formatted(token).getBytes(UTF_8);
        http.getResponseHeaders().set("Content-Type", "application/json");
        http.sendResponseHeaders(200, body.length);
        http.getResponseBody().write(body);
      }
    }
  }

  private static List<String> parameters(HttpExchange http, String name) {
    var query = Optional.ofNullable(http.getRequestURI().getRawQuery()).orElse("");
    return Arrays.stream(query.split("&"))
        .filter(field -> field.startsWith(name + "="))
        .map(field -> URLDecoder.decode(field.substring(name.length() + 1), UTF_8))
        .toList();
  }

  private static Map<String, ?> claims(Account account, List<String> scopes) {
    var now = Instant.now();
    return Map.of(
        "iss",
        ISSUER,
        "sub",
        account.user(),
        "aud",
        SERVICE,
        "nbf",
        now.minus(LEEWAY).getEpochSecond(),
        "iat",
        now.getEpochSecond(),
        "exp",
        now.minus(LEEWAY).plus(account.life()).getEpochSecond(),
        "access",
        scopes.stream().map(scope -> access(account, scope)).toList());
  }

  /** The actions of a scope, {@code repository:team/app:pull,push}, that the account has. */
  private static Map<String, ?> access(Account account, String scope) {
    var parts = scope.split(":", -1);
    var allowed = account.rights().getOrDefault(parts[1], Set.of());
    var actions = Arrays.stream(parts[2].split(",")).filter(allowed::contains).toList();
    return Map.of("type", parts[0], "name", parts[1], "actions", actions);
  }

  @Override
  public void close() {
    server.stop(0);
  }
}
