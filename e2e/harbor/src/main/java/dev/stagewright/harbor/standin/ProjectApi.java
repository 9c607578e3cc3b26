package dev.stagewright.harbor.standin;

import dev.stagewright.harbor.standin.ManagementApi.ApiRequest;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.MatchResult;

/** The API of projects, their quotas, and metadata. */
final class ProjectApi {
  private static final Response FORBIDDEN = Response.error(403, "FORBIDDEN", "forbidden");

  private final World world;

  ProjectApi(World world) {
    this.world = world;
  }

  Response exists(ApiRequest request) {
    if (request.account().isEmpty()) {
      return ApiRequest.unauthorized();
    }
    var name = request.http().first("project_name").orElse("");
    return Response.of(world.find(name).isPresent() ? 200 : 404);
  }

  Response list(ApiRequest request) {
    var name = request.http().first("name").orElse("");
    return Pagination.of(
        request.http(),
        world.projects().stream()
            .filter(project -> project.name().contains(name))
            .filter(project -> project.isPublic() || mayRead(request, project))
            .map(Project::json)
            .toList());
  }

  private static boolean mayRead(ApiRequest request, Project project) {
    return request.account().filter(it -> it.may(project.name(), "project", "read")).isPresent();
  }

  Response create(ApiRequest request) {
    var objection = request.objectionOfSystem("project", "create");
    if (objection.isPresent()) {
      return objection.get();
    }
    var body = Json.read(request.http().body());
    var name = body.path("project_name").asText();
    if (world.find(name).isPresent()) {
      return Response.error(409, "CONFLICT", "The project named " + name + " already exists");
    }
    var project = world.project(name);
    if (body.path("metadata").path("public").asText().equals("true")) {
      project.openToAll();
    }
    return Response.of(201).with("Location", "/api/v2.0/projects/" + project.id());
  }

  /** Finds the project by name or ID, depending on a header. */
  private Optional<Project> named(ApiRequest request, String text) {
    var isName = request.http().header("X-Is-Resource-Name").filter("true"::equals).isPresent();
    return !isName && text.matches("[0-9]+")
        ? world.find(Integer.parseInt(text))
        : world.find(text);
  }

  Response get(ApiRequest request, MatchResult path) {
    var project = named(request, path.group(1));
    if (project.filter(Project::isPublic).isPresent()) {
      return Response.json(200, project.get().json());
    }
    return project.isEmpty()
        ? request.account().isEmpty() ? ApiRequest.unauthorized() : FORBIDDEN
        : request
            .objection(project.get().name(), "project", "read")
            .orElseGet(() -> Response.json(200, project.get().json()));
  }

  Response summary(ApiRequest request, MatchResult path) {
    var project = named(request, path.group(1));
    if (project.isEmpty()) {
      return request.account().isEmpty() ? ApiRequest.unauthorized() : FORBIDDEN;
    }
    return request
        .objection(project.get().name(), "project", "read")
        .orElseGet(() -> Response.json(200, summary(request, project.get())));
  }

  private static Map<String, Object> summary(ApiRequest request, Project project) {
    var summary = Json.object("repo_count", 1);
    if (request.account().filter(it -> it.may(project.name(), "quota", "read")).isPresent()) {
      summary.put(
          "quota",
          Json.object(
              "hard", Map.of("storage", project.limit()),
              "used", Map.of("storage", project.used())));
    }
    return summary;
  }

  Response immutableRules(ApiRequest request, MatchResult path) {
    return request
        .objection(path.group(1), "immutable-tag", "list")
        .orElseGet(() -> Pagination.of(request.http(), rules(path.group(1))));
  }

  private List<Map<String, Object>> rules(String project) {
    return world.find(project).map(Project::immutableRules).orElse(List.of()).stream()
        .map(rule ->
            Json.object(
                "action",
                "immutable",
                "disabled",
                false,
                "scope_selectors",
                Map.of("repository", List.of(selector("repoMatches", "**"))),
                "tag_selectors",
                List.of(selector("matches", rule.text())),
                "template",
                "immutable_template"))
        .toList();
  }

  private static Map<String, Object> selector(String decoration, String pattern) {
    return Json.object("decoration", decoration, "kind", "doublestar", "pattern", pattern);
  }

  Response addImmutableRule(ApiRequest request, MatchResult path) {
    var objection = request.objection(path.group(1), "immutable-tag", "create");
    if (objection.isPresent()) {
      return objection.get();
    }
    var pattern =
        Json.read(request.http().body()).path("tag_selectors").path(0).path("pattern").asText();
    world.project(path.group(1)).immutable(pattern);
    var number = world.project(path.group(1)).immutableRules().size();
    return Response.of(201).with("Location", request.http().path() + "/" + number);
  }
}
