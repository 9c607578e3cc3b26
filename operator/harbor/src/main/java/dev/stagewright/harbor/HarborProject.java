package dev.stagewright.harbor;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.stagewright.harbor.api.ApiCall;
import dev.stagewright.harbor.api.ApiCaller;
import dev.stagewright.harbor.api.ApiPath;
import dev.stagewright.registry.error.RegistryException;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** A project in Harbor, which may be missing. */
public final class HarborProject {
  /** Otherwise a name of digits is interpreted as an ID. */
  private static final String BY_NAME = "X-Is-Resource-Name";

  private final ApiCaller caller;
  private final ApiPath path;

  HarborProject(ApiCaller caller, ApiPath path) {
    this.caller = caller;
    this.path = path;
  }

  /** Whether the project exists; empty if the account may not know. */
  public Optional<Boolean> exists() throws RegistryException {
    var call =
        new ApiCall(
            "find project " + path.project(),
            "HEAD",
            "/projects?project_name=" + ApiPath.encode(path.project()),
            Map.of(),
            Optional.empty(),
            Set.of(200, 401, 403, 404));
    return switch (caller.call(call).status()) {
      case 200 -> Optional.of(true);
      case 404 -> Optional.of(false);
      default -> Optional.empty();
    };
  }

  /**
   * Creates the project as a private one. A project that already exists is accepted.
   *
   * @throws RegistryException if the account may not create projects
   */
  public void create() throws RegistryException {
    var nodes = JsonNodeFactory.instance;
    var body = nodes.objectNode();
    body.put("project_name", path.project());
    body.set("metadata", nodes.objectNode().put("public", "false"));
    var _ =
        caller.call(ApiCall.post("create project " + path.project(), "/projects", body, 201, 409));
  }

  /** Returns the quota; empty if the account may not read it. */
  public Optional<Quota> quota() throws RegistryException {
    var summary = caller.find(get("read the quota of", "/summary"));
    var quota = summary.flatMap(response -> quota(response.json().path("quota")));
    return quota.isPresent() ? quota : quotaOfAdministrator();
  }

  private Optional<Quota> quotaOfAdministrator() throws RegistryException {
    var id = id();
    if (id.isEmpty()) {
      return Optional.empty();
    }
    var call =
        ApiCall.get(
            "read the quota of project " + path.project(),
            "/quotas?reference=project&reference_id=" + id.get());
    return caller.find(call).flatMap(response -> quota(response.json().path(0)));
  }

  private static Optional<Quota> quota(JsonNode json) {
    var hard = json.path("hard").path("storage");
    return hard.isNumber()
        ? Optional.of(new Quota(hard.asLong(), json.path("used").path("storage").asLong()))
        : Optional.empty();
  }

  /** Returns the ID of the project; empty if the account may not read it. */
  public Optional<Long> id() throws RegistryException {
    return caller
        .find(get("read", ""))
        .map(response -> response.json().path("project_id").asLong())
        .filter(id -> id > 0);
  }

  /**
   * Whether the project runs this kind of scan automatically for pushed images; empty if the
   * account may not read it.
   */
  public Optional<Boolean> isAutomatic(ScanKind kind) throws RegistryException {
    var setting =
        switch (kind) {
          case VULNERABILITY -> "auto_scan";
          case SBOM -> "auto_sbom_generation";
        };
    return caller
        .find(get("read", ""))
        .map(response -> response.json().path("metadata").path(setting).asText().equals("true"));
  }

  private ApiCall get(String action, String suffix) {
    return ApiCall.get(action + " project " + path.project(), path.inProject(suffix))
        .with(BY_NAME, "true");
  }
}
