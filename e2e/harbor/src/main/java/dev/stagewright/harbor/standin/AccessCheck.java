package dev.stagewright.harbor.standin;

import java.util.List;
import java.util.Optional;

/**
 * Checks the credentials of requests to the registry. Rejected requests get a 401 and never a 403,
 * with a challenge that depends on whether the request has credentials.
 */
final class AccessCheck {
  private static final String CHALLENGE = "Www-Authenticate";
  private static final String BASIC = "Basic realm=\"harbor\"";

  private final World world;
  private final Tokens tokens;
  private final String origin;

  AccessCheck(World world, Tokens tokens, String origin) {
    this.world = world;
    this.tokens = tokens;
    this.origin = origin;
  }

  /** The response to {@code GET /v2/}. */
  Response ping(Request request) {
    var sent = request.header("Authorization");
    var isKnown = sent.flatMap(world::basic).isPresent() || sent.flatMap(this::grants).isPresent();
    return isKnown
        ? Response.json(200, Json.object()).ofRegistry()
        : refused(sent.isPresent() ? BASIC : bearer(""), "unauthorized: unauthorized");
  }

  /**
   * The response to {@code GET /v2/_catalog}, which is not available with tokens; empty if access
   * is allowed.
   */
  Optional<Response> catalogue(Request request) {
    return request.header("Authorization").flatMap(world::basic).filter(Account::admin).isPresent()
        ? Optional.empty()
        : Optional.of(refused(BASIC, "unauthorized to list catalog: unauthorized to list catalog"));
  }

  /** The response to a request for a repository; empty if access is allowed. */
  Optional<Response> repository(Request request, String name) {
    var sent = request.header("Authorization");
    if (sent.isEmpty() && request.isRead()) {
      var words = "authorize header needed to send HEAD to repository";
      return Optional.of(refused(bearer("repository:" + name + ":pull"), words + ": " + words));
    }
    var action = action(request);
    var problem = problem(sent, name, action);
    return problem.isPresent()
        ? problem
        : request.first("from").flatMap(source -> problem(sent, source, "pull"));
  }

  private static String action(Request request) {
    if (request.isRead()) {
      return "pull";
    }
    var isDeletion = request.method().equals("DELETE") && request.path().contains("/manifests/");
    return isDeletion ? "delete" : "push";
  }

  private Optional<Response> problem(Optional<String> sent, String name, String action) {
    var project = name.split("/", -1)[0];
    if (world.find(project).isEmpty()) {
      var words = "project " + project + " not found";
      return Optional.of(refused("", words + ": " + words));
    }
    if (sent.filter(header -> allows(header, name, action)).isPresent()) {
      return Optional.empty();
    }
    if (action.equals("pull") && world.find(project).filter(Project::isPublic).isPresent()) {
      return Optional.empty();
    }
    var words = "unauthorized to access repository: " + name + ", action: " + action;
    var scope = action.equals("delete") ? "delete" : "pull,push";
    var challenge = sent.isPresent() ? BASIC : bearer("repository:" + name + ":" + scope);
    return Optional.of(refused(challenge, words + ": " + words));
  }

  private boolean allows(String header, String name, String action) {
    var project = name.split("/", -1)[0];
    var byAccount =
        world
            .basic(header)
            .filter(account ->
                action.equals("pull")
                    ? account.mayPull(project)
                    : account.may(project, "repository", action))
            .isPresent();
    return byAccount
        || grants(header).stream()
            .flatMap(grants -> grants.stream())
            .anyMatch(grant -> grant.name().equals(name) && grant.actions().contains(action));
  }

  private Optional<List<Tokens.Grant>> grants(String header) {
    return header.startsWith("Bearer ")
        ? tokens.verify(header.substring("Bearer ".length()))
        : Optional.empty();
  }

  private String bearer(String scope) {
    return "Bearer realm=\"%s/service/token\",service=\"harbor-registry\"%s"
        .formatted(origin, scope.isEmpty() ? "" : ",scope=\"" + scope + "\"");
  }

  private static Response refused(String challenge, String message) {
    return Response.error(401, "UNAUTHORIZED", message).with(CHALLENGE, challenge).ofRegistry();
  }
}
