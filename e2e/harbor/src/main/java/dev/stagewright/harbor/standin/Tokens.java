package dev.stagewright.harbor.standin;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.security.GeneralSecurityException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * The token service. It issues a token for every request, with the permissions of the account,
 * which can be none.
 */
final class Tokens {
  private static final long LIFE_SECONDS = 1800;
  private static final Base64.Encoder ENCODER = Base64.getUrlEncoder().withoutPadding();

  private final World world;
  private final InstantSource clock;
  private volatile byte[] key = newKey();

  Tokens(World world, InstantSource clock) {
    this.world = world;
    this.clock = clock;
  }

  private static byte[] newKey() {
    return UUID.randomUUID().toString().getBytes(UTF_8);
  }

  /** Invalidates all tokens issued so far. */
  void expireAll() {
    key = newKey();
  }

  /**
   * The permissions of a token for a repository.
   *
   * @param name full name of the repository
   * @param actions actions in the order of Harbor
   */
  record Grant(String name, List<String> actions) {
    Map<String, Object> json() {
      return Json.object("type", "repository", "name", name, "actions", actions);
    }
  }

  /** Responds to {@code GET /service/token}. */
  Response issue(Request request) {
    if (!request.method().equals("GET")) {
      return Response.text(405, "Method Not Allowed");
    }
    var service = request.first("service").orElse("");
    if (!service.equals("harbor-registry")) {
      return Response.text(400, "Unable to handle service: " + service);
    }
    var account = request.header("Authorization").flatMap(world::basic);
    var scopes = request.query("scope");
    if (account.isEmpty() && scopes.isEmpty()) {
      return Response.error(401, "UNAUTHORIZED", "unauthorized: unauthorized");
    }
    var grants = scopes.stream().map(scope -> grant(account, scope)).toList();
    var now = clock.instant();
    return Response.json(
        200,
        Json.object(
            "token",
            sign(payload(account, grants, now)),
            "access_token",
            "",
            "expires_in",
            LIFE_SECONDS,
            "issued_at",
            now.toString()));
  }

  private Grant grant(Optional<Account> account, String scope) {
    var name = scope.substring(scope.indexOf(':') + 1, scope.lastIndexOf(':'));
    var requested = Arrays.asList(scope.substring(scope.lastIndexOf(':') + 1).split(","));
    var project = name.split("/", -1)[0];
    var actions = new ArrayList<String>();
    if (world.find(project).isPresent()) {
      var isPuller = account.filter(it -> it.may(project, "repository", "pull")).isPresent();
      var isPusher = account.filter(it -> it.may(project, "repository", "push")).isPresent();
      var isPublic = world.find(project).filter(Project::isPublic).isPresent();
      if (isPuller || isPublic) {
        actions.add("pull");
      }
      if (isPusher) {
        actions.add("push");
        if (!actions.contains("pull")) {
          actions.add("pull");
        }
      }
      if (account.filter(it -> it.may(project, "repository", "delete")).isPresent()) {
        actions.add("delete");
      }
    }
    actions.removeIf(action -> !requested.contains(action));
    return new Grant(name, List.copyOf(actions));
  }

  private static byte[] payload(Optional<Account> account, List<Grant> grants, Instant now) {
    var payload = Json.object("iss", "harbor-token-issuer");
    account.ifPresent(it -> payload.put("sub", it.name()));
    payload.put("aud", "harbor-registry");
    payload.put("exp", now.getEpochSecond() + LIFE_SECONDS);
    payload.put("nbf", now.getEpochSecond());
    payload.put("iat", now.getEpochSecond());
    payload.put("jti", UUID.randomUUID().toString());
    payload.put("access", grants.stream().map(Grant::json).toList());
    return Json.bytes(payload);
  }

  private String sign(byte[] payload) {
    var head = ENCODER.encodeToString("{\"alg\":\"HS256\",\"typ\":\"JWT\"}".getBytes(UTF_8));
    var signed = head + "." + ENCODER.encodeToString(payload);
    return signed + "." + ENCODER.encodeToString(mac(signed));
  }

  private byte[] mac(String text) {
    try {
      var mac = Mac.getInstance("HmacSHA256");
      mac.init(new SecretKeySpec(key, "HmacSHA256"));
      return mac.doFinal(text.getBytes(UTF_8));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  /** The permissions of a token; empty if the token is unknown or expired. */
  Optional<List<Grant>> verify(String token) {
    var parts = token.split("\\.", -1);
    if (parts.length != 3
        || !parts[2].equals(ENCODER.encodeToString(mac(parts[0] + "." + parts[1])))) {
      return Optional.empty();
    }
    var payload = Json.read(Base64.getUrlDecoder().decode(parts[1]));
    if (payload.path("exp").asLong() <= clock.instant().getEpochSecond()) {
      return Optional.empty();
    }
    return Optional.of(
        payload
            .path("access")
            .valueStream()
            .map(grant ->
                new Grant(
                    grant.path("name").asText(),
                    grant.path("actions").valueStream().map(action -> action.asText()).toList()))
            .toList());
  }
}
