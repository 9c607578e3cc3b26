package dev.stagewright.registry.fake;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.util.Arrays;
import java.util.Base64;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;

/**
 * Authorizes requests as Harbor does: a token service that always issues a token, with the granted
 * permissions, a Bearer challenge for anonymous requests, a Basic challenge for insufficient
 * authorization, and an empty challenge for projects that do not exist.
 */
public final class HarborGate implements FakeRegistry.Gate {
  private final Map<String, Map<String, Set<String>>> accounts;
  private final Map<String, Set<String>> tokens = new ConcurrentHashMap<>();

  /**
   * @param account {@code user:password}
   * @param permissions the permissions of the account, by project; only these projects exist
   */
  public HarborGate(String account, Map<String, Set<String>> permissions) {
    this(Map.of(account, permissions));
  }

  /**
   * @param accounts the permissions, by {@code user:password} and project; only these projects
   *     exist
   */
  public HarborGate(Map<String, Map<String, Set<String>>> accounts) {
    this.accounts = Map.copyOf(accounts);
  }

  private boolean hasProject(String project) {
    return accounts.values().stream().anyMatch(permissions -> permissions.containsKey(project));
  }

  /** Forgets all tokens, as if they had expired. */
  public void expireTokens() {
    tokens.clear();
  }

  @Override
  public boolean passes(Exchange exchange, FakeRegistry registry) throws IOException {
    if (exchange.path().equals("/service/token")) {
      issueToken(exchange);
      return false;
    }
    var needed = needed(exchange);
    var sent = exchange.header("Authorization");
    var project = exchange.path().split("/", -1)[2];
    var isRead = Set.of("GET", "HEAD").contains(exchange.method());
    if (!hasProject(project) && (sent.isPresent() || !isRead)) {
      exchange
          .with("Www-Authenticate", "")
          .error(
              401,
              "UNAUTHORIZED",
              "project %1$s not found: project %1$s not found".formatted(project));
      return false;
    }
    if (sent.filter(header -> granted(header).containsAll(needed)).isPresent()) {
      return true;
    }
    var challenge = sent.isPresent() ? "Basic realm=\"harbor\"" : bearer(registry, exchange);
    exchange
        .with("Www-Authenticate", challenge)
        .error(401, "UNAUTHORIZED", "unauthorized to access repository");
    return false;
  }

  private static Set<String> needed(Exchange exchange) {
    var repository = repository(exchange.path());
    var needed = new HashSet<String>();
    if (exchange.line().startsWith("DELETE ") && exchange.path().contains("/manifests/")) {
      return Set.of(repository + ":delete");
    }
    needed.add(repository + ":pull");
    if (!Set.of("GET", "HEAD").contains(exchange.method())) {
      needed.add(repository + ":push");
    }
    exchange.query("from").forEach(source -> needed.add(source + ":pull"));
    return needed;
  }

  private static String repository(String path) {
    return path.replaceFirst("^/v2/", "").replaceFirst("/(blobs|manifests|tags)/.*", "");
  }

  private Set<String> granted(String authorization) {
    return authorization.startsWith("Bearer ")
        ? tokens.getOrDefault(authorization.substring("Bearer ".length()), Set.of())
        : Set.of();
  }

  private static String bearer(FakeRegistry registry, Exchange exchange) {
    return "Bearer realm=\"http://%s/service/token\",service=\"harbor-registry\",scope=\"repository:%s:pull\""
        .formatted(registry.host(), repository(exchange.path()));
  }

  private void issueToken(Exchange exchange) throws IOException {
    if (!exchange.method().equals("GET")) {
      exchange.answer(405, "Method Not Allowed".getBytes(UTF_8));
      return;
    }
    var account =
        accounts.keySet().stream()
            .filter(pair -> exchange.header("Authorization").equals(Optional.of(basic(pair))))
            .findFirst();
    var isKnown = account.isPresent();
    var scopes = exchange.query("scope");
    if (!isKnown && scopes.isEmpty() && exchange.header("Authorization").isPresent()) {
      exchange.error(401, "UNAUTHORIZED", "unauthorized");
      return;
    }
    var grants = scopes.stream().map(scope -> new Grant(scope, account)).toList();
    var payload =
        "{\"jti\":\"%d\",\"access\":[%s]}"
            .formatted(
                tokens.size(), grants.stream().map(Grant::json).collect(Collectors.joining(",")));
    var token = "e30." + Base64.getUrlEncoder().encodeToString(payload.getBytes(UTF_8)) + ".c2ln";
    tokens.put(
        token, grants.stream().flatMap(g -> g.permissions().stream()).collect(Collectors.toSet()));
    exchange.json(
        200,
        "{\"token\":\"%s\",\"access_token\":\"\",\"expires_in\":1800,\"issued_at\":\"2026-11-21T00:00:00Z\"}"
            .formatted(token));
  }

  private static String basic(String pair) {
    return "Basic " + Base64.getEncoder().encodeToString(pair.getBytes(UTF_8));
  }

  private final class Grant {
    private final String repository;
    private final List<String> actions;

    Grant(String scope, Optional<String> account) {
      var parts = scope.split(":", -1);
      var permissions = account.map(accounts::get).orElse(Map.of());
      var allowed = permissions.getOrDefault(parts[1].split("/", -1)[0], Set.of());
      this.repository = parts[1];
      this.actions = Arrays.stream(parts[2].split(",")).filter(allowed::contains).toList();
    }

    Set<String> permissions() {
      return actions.stream().map(action -> repository + ":" + action).collect(Collectors.toSet());
    }

    String json() {
      var quoted = actions.stream().map(a -> "\"" + a + "\"").collect(Collectors.joining(","));
      return "{\"type\":\"repository\",\"name\":\"%s\",\"actions\":[%s]}"
          .formatted(repository, quoted);
    }
  }
}
