package dev.stagewright.harbor.standin;

import dev.stagewright.harbor.standin.ManagementApi.ApiRequest;

/** The API of labels. All accounts can read the global labels. */
final class LabelApi {
  private final World world;

  LabelApi(World world) {
    this.world = world;
  }

  Response list(ApiRequest request) {
    var scope = request.http().first("scope").orElse("");
    var id = request.http().first("project_id").map(Integer::parseInt).orElse(0);
    if (!scope.equals("g") && !scope.equals("p")) {
      return Response.error(400, "BAD_REQUEST", "invalid scope: " + scope);
    }
    if (scope.equals("p") && id == 0) {
      return Response.error(
          400, "BAD_REQUEST", "must with project ID when to query project labels");
    }
    if (scope.equals("p")) {
      var project = world.find(id).map(Project::name).orElse("");
      var objection = request.objection(project, "label", "list");
      if (objection.isPresent()) {
        return objection.get();
      }
    }
    var name = request.http().first("name").orElse("");
    var wanted = scope.equals("g") ? 0 : id;
    return Pagination.of(
        request.http(),
        world.labels().stream()
            .filter(label -> label.project() == wanted && label.name().contains(name))
            .map(label ->
                Json.object(
                    "id", label.id(),
                    "name", label.name(),
                    "project_id", label.project(),
                    "scope", scope))
            .toList());
  }

  Response create(ApiRequest request) {
    var body = Json.read(request.http().body());
    var project = world.find(body.path("project_id").asInt());
    var objection =
        project.isPresent()
            ? request.objection(project.get().name(), "label", "create")
            : request.objectionOfSystem("label", "create");
    return objection.orElseGet(() -> {
      var name = body.path("name").asText();
      var id = project.map(it -> world.label(name, it)).orElseGet(() -> world.label(name));
      return Response.of(201).with("Location", "/api/v2.0/labels/" + id);
    });
  }
}
