package dev.stagewright.harbor.standin;

import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/**
 * The API of Harbor, version 2.0: routes requests to the handlers. Robots and users authenticate
 * with Basic.
 */
final class ManagementApi {
  private static final String BASE = "/api/v2.0";

  private final World world;
  private final List<Route> routes;

  /** Handles the requests of a route. */
  @FunctionalInterface
  interface Handler {
    /**
     * Returns the response.
     *
     * @param path values of the groups in the route pattern
     */
    Response response(ApiRequest request, MatchResult path);
  }

  /**
   * A request and its account.
   *
   * @param account account of the request; empty if it is unknown
   */
  record ApiRequest(Request http, Optional<Account> account) {
    /** The error response if the account lacks a permission; empty otherwise. */
    Optional<Response> objection(String project, String resource, String action) {
      if (account.isEmpty()) {
        return Optional.of(unauthorized());
      }
      return account.get().may(project, resource, action)
          ? Optional.empty()
          : Optional.of(Response.error(403, "FORBIDDEN", "forbidden"));
    }

    /** The error response if the account is not a system administrator; empty otherwise. */
    Optional<Response> objectionOfSystem(String resource, String action) {
      if (account.isEmpty()) {
        return Optional.of(unauthorized());
      }
      return account.get().may("/", resource, action)
          ? Optional.empty()
          : Optional.of(Response.error(403, "FORBIDDEN", account.get().name()));
    }

    static Response unauthorized() {
      return Response.error(401, "UNAUTHORIZED", "unauthorized");
    }
  }

  private record Route(String method, Pattern path, Handler handler) {}

  private static Route route(String method, String path, Handler handler) {
    return new Route(method, Pattern.compile(BASE + path), handler);
  }

  ManagementApi(World world, String origin, InstantSource clock) {
    this.world = world;
    var system = new SystemApi(world, origin);
    var projects = new ProjectApi(world);
    var labels = new LabelApi(world);
    var artifacts = new ArtifactApi(world, clock);
    var artifact = "/projects/([^/]+)/repositories/([^/]+)/artifacts/([^/]+)";
    routes =
        List.of(
            route("GET", "/ping", (_, _) -> Response.text(200, "Pong")),
            route("GET", "/systeminfo", (request, _) -> system.info(request)),
            route("GET", "/health", (_, _) -> SystemApi.health()),
            route("GET", "/quotas", (request, _) -> system.quotas(request)),
            route("POST", "/robots", (request, _) -> system.createRobot(request)),
            route("HEAD", "/projects", (request, _) -> projects.exists(request)),
            route("GET", "/projects", (request, _) -> projects.list(request)),
            route("POST", "/projects", (request, _) -> projects.create(request)),
            route("GET", "/projects/([^/]+)", projects::get),
            route("GET", "/projects/([^/]+)/summary", projects::summary),
            route("GET", "/projects/([^/]+)/immutabletagrules", projects::immutableRules),
            route("POST", "/projects/([^/]+)/immutabletagrules", projects::addImmutableRule),
            route("GET", "/labels", (request, _) -> labels.list(request)),
            route("POST", "/labels", (request, _) -> labels.create(request)),
            route("GET", artifact, artifacts::get),
            route("GET", artifact + "/tags", artifacts::tags),
            route("POST", artifact + "/labels", artifacts::addLabel),
            route("POST", artifact + "/scan", artifacts::scan),
            route("GET", artifact + "/additions/vulnerabilities", artifacts::vulnerabilities));
  }

  Response handle(Request request) {
    if (isForgeable(request)) {
      return Response.error(403, "FORBIDDEN", "CSRF token not found in request");
    }
    var apiRequest = new ApiRequest(request, request.header("Authorization").flatMap(world::basic));
    for (var route : routes) {
      var path = route.path().matcher(request.path());
      if (route.method().equals(request.method()) && path.matches()) {
        return route.handler().response(apiRequest, path.toMatchResult());
      }
    }
    return Response.error(404, "NOT_FOUND", "path " + request.path() + " was not found");
  }

  /** Clients that send the session cookie are treated as browsers. */
  private static boolean isForgeable(Request request) {
    return !request.isRead()
        && request.header("Cookie").filter(cookie -> cookie.contains("sid=")).isPresent()
        && request.header("X-Harbor-CSRF-Token").isEmpty();
  }
}
