package dev.stagewright.harbor.standin;

import dev.stagewright.harbor.standin.ManagementApi.Request;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.MatchResult;

/** Projects and what belongs to them. */
final class ProjectApi {
  private static final Answer FORBIDDEN = Answer.error(403, "FORBIDDEN", "forbidden");

  private final World world;

  ProjectApi(World world) {
    this.world = world;
  }

  Answer exists(Request request) {
    if (request.account().isEmpty()) {
      return Request.unauthorized();
    }
    var name = request.call().first("project_name").orElse("");
    return Answer.of(world.find(name).isPresent() ? 200 : 404);
  }

  Answer list(Request request) {
    var name = request.call().first("name").orElse("");
    return Pages.of(
        request.call(),
        world.projects().stream()
            .filter(project -> project.name().contains(name))
            .filter(project -> project.isPublic() || mayRead(request, project))
            .map(Project::json)
            .toList());
  }

  private static boolean mayRead(Request request, Project project) {
    return request.account().filter(it -> it.may(project.name(), "project", "read")).isPresent();
  }

  Answer create(Request request) {
    var objection = request.objectionOfSystem("project", "create");
    if (objection.isPresent()) {
      return objection.get();
    }
    var body = Json.read(request.call().body());
    var name = body.path("project_name").asText();
    if (world.find(name).isPresent()) {
      return Answer.error(409, "CONFLICT", "The project named " + name + " already exists");
    }
    var project = world.project(name);
    if (body.path("metadata").path("public").asText().equals("true")) {
      project.openToAll();
    }
    return Answer.of(201).with("Location", "/api/v2.0/projects/" + project.id());
  }

  /** By name or number, as a header says. */
  private Optional<Project> named(Request request, String text) {
    var isName = request.call().header("X-Is-Resource-Name").filter("true"::equals).isPresent();
    return !isName && text.matches("[0-9]+")
        ? world.find(Integer.parseInt(text))
        : world.find(text);
  }

  Answer get(Request request, MatchResult path) {
    var project = named(request, path.group(1));
    if (project.filter(Project::isPublic).isPresent()) {
      return Answer.json(200, project.get().json());
    }
    return project.isEmpty()
        ? request.account().isEmpty() ? Request.unauthorized() : FORBIDDEN
        : request
            .objection(project.get().name(), "project", "read")
            .orElseGet(() -> Answer.json(200, project.get().json()));
  }

  Answer summary(Request request, MatchResult path) {
    var project = named(request, path.group(1));
    if (project.isEmpty()) {
      return request.account().isEmpty() ? Request.unauthorized() : FORBIDDEN;
    }
    return request
        .objection(project.get().name(), "project", "read")
        .orElseGet(() -> Answer.json(200, summary(request, project.get())));
  }

  private static Map<String, Object> summary(Request request, Project project) {
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

  Answer immutableRules(Request request, MatchResult path) {
    return request
        .objection(path.group(1), "immutable-tag", "list")
        .orElseGet(() -> Pages.of(request.call(), rules(path.group(1))));
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

  Answer addImmutableRule(Request request, MatchResult path) {
    var objection = request.objection(path.group(1), "immutable-tag", "create");
    if (objection.isPresent()) {
      return objection.get();
    }
    var pattern =
        Json.read(request.call().body()).path("tag_selectors").path(0).path("pattern").asText();
    world.project(path.group(1)).immutable(pattern);
    var number = world.project(path.group(1)).immutableRules().size();
    return Answer.of(201).with("Location", request.call().path() + "/" + number);
  }
}
