package dev.stagewright.harbor.standin;

import dev.stagewright.harbor.standin.Account.Right;
import dev.stagewright.harbor.standin.ManagementApi.ApiRequest;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** The API of the system: information, configuration, robot accounts. */
final class SystemApi {
  private final World world;
  private final String origin;

  SystemApi(World world, String origin) {
    this.world = world;
    this.origin = origin;
  }

  Response info(ApiRequest request) {
    var info =
        Json.object(
            "auth_mode", "db_auth", "harbor_version", world.version(), "self_registration", false);
    if (request.account().isPresent()) {
      info.put("external_url", origin);
      info.put("registry_url", origin.substring(origin.indexOf("//") + 2));
      info.put("read_only", world.isReadOnly());
      info.put("project_creation_restriction", "everyone");
    }
    return Response.json(200, info);
  }

  static Response health() {
    var components =
        List.of("core", "database", "jobservice", "portal", "redis", "registry", "registryctl");
    return Response.json(
        200,
        Json.object(
            "components",
            components.stream()
                .map(name -> Json.object("name", name, "status", "healthy"))
                .toList(),
            "status",
            "healthy"));
  }

  /** Robots cannot read quotas, whatever their permissions in the project. */
  Response quotas(ApiRequest request) {
    var objection = request.objectionOfSystem("quota", "list");
    if (objection.isPresent()) {
      return objection.get();
    }
    var id = request.http().first("reference_id").map(Integer::parseInt).orElse(0);
    return Pagination.of(request.http(), world.find(id).map(SystemApi::quota).stream().toList());
  }

  private static Map<String, Object> quota(Project project) {
    return Json.object(
        "creation_time", "2026-11-21T00:00:00.000Z",
        "hard", Map.of("storage", project.limit()),
        "id", project.id(),
        "ref", Json.object("id", project.id(), "name", project.name(), "owner_name", "admin"),
        "update_time", "2026-11-21T00:00:00.000Z",
        "used", Map.of("storage", project.used()));
  }

  /** The secret is part of this response only. */
  Response createRobot(ApiRequest request) {
    var objection = request.objectionOfSystem("robot", "create");
    if (objection.isPresent()) {
      return objection.get();
    }
    var body = Json.read(request.http().body());
    var isOfProject = body.path("level").asText().equals("project");
    var rights = new HashSet<Right>();
    for (var permission : body.path("permissions")) {
      for (var access : permission.path("access")) {
        rights.add(
            new Right(
                permission.path("namespace").asText(),
                access.path("resource").asText(),
                access.path("action").asText()));
      }
    }
    var name =
        (isOfProject
                ? "robot$" + body.path("permissions").path(0).path("namespace").asText() + "+"
                : "robot$")
            + body.path("name").asText();
    var secret = UUID.randomUUID().toString();
    world.add(new Account(name, secret, false, body.path("disable").asBoolean(), rights));
    return Response.json(
        201,
        Json.object(
            "creation_time",
            "2026-11-21T00:00:00.000Z",
            "expires_at",
            -1,
            "id",
            world.nextId(),
            "name",
            name,
            "secret",
            secret));
  }
}
