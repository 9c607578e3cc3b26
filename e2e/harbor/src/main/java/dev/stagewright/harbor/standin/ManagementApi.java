package dev.stagewright.harbor.standin;

import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/** Harbor's own API, version 2.0: finds who is to answer. Robots and users come by Basic. */
final class ManagementApi {
  private static final String BASE = "/api/v2.0";

  private final World world;
  private final List<Route> routes;

  /** Answers requests to one address. */
  @FunctionalInterface
  interface Handler {
    /**
     * The answer.
     *
     * @param path what the route's groups have matched
     */
    Answer answer(Request request, MatchResult path);
  }

  /**
   * A request, and who makes it.
   *
   * @param account empty for nobody who is known
   */
  record Request(Call call, Optional<Account> account) {
    /** What keeps it from this; empty if nothing does. */
    Optional<Answer> objection(String project, String resource, String action) {
      if (account.isEmpty()) {
        return Optional.of(unauthorized());
      }
      return account.get().may(project, resource, action)
          ? Optional.empty()
          : Optional.of(Answer.error(403, "FORBIDDEN", "forbidden"));
    }

    /** What keeps it from the system's settings; empty if nothing does. */
    Optional<Answer> objectionOfSystem(String resource, String action) {
      if (account.isEmpty()) {
        return Optional.of(unauthorized());
      }
      return account.get().may("/", resource, action)
          ? Optional.empty()
          : Optional.of(Answer.error(403, "FORBIDDEN", account.get().name()));
    }

    static Answer unauthorized() {
      return Answer.error(401, "UNAUTHORIZED", "unauthorized");
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
            route("GET", "/ping", (_, _) -> Answer.text(200, "Pong")),
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

  Answer handle(Call call) {
    if (isForgeable(call)) {
      return Answer.error(403, "FORBIDDEN", "CSRF token not found in request");
    }
    var request = new Request(call, call.header("Authorization").flatMap(world::basic));
    for (var route : routes) {
      var path = route.path().matcher(call.path());
      if (route.method().equals(call.method()) && path.matches()) {
        return route.handler().answer(request, path.toMatchResult());
      }
    }
    return Answer.error(404, "NOT_FOUND", "path " + call.path() + " was not found");
  }

  /** Clients that keep the session's cookie are taken for browsers. */
  private static boolean isForgeable(Call call) {
    return !call.isRead()
        && call.header("Cookie").filter(cookie -> cookie.contains("sid=")).isPresent()
        && call.header("X-Harbor-CSRF-Token").isEmpty();
  }
}
