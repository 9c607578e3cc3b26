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

/** A project of Harbor, which may or may not be there. */
public final class HarborProject {
  /** Else a name of digits is taken for a number. */
  private static final String BY_NAME = "X-Is-Resource-Name";

  private final ApiCaller caller;
  private final ApiPath path;

  HarborProject(ApiCaller caller, ApiPath path) {
    this.caller = caller;
    this.path = path;
  }

  /** Whether it is there; empty if the account may not know. */
  public Optional<Boolean> exists() throws RegistryException {
    var question =
        new ApiCall(
            "find project " + path.project(),
            "HEAD",
            "/projects?project_name=" + ApiPath.encode(path.project()),
            Map.of(),
            Optional.empty(),
            Set.of(200, 401, 403, 404));
    return switch (caller.call(question).status()) {
      case 200 -> Optional.of(true);
      case 404 -> Optional.of(false);
      default -> Optional.empty();
    };
  }

  /**
   * Creates it, as a private one. That somebody else was faster is as good.
   *
   * @throws RegistryException if the account may not
   */
  public void create() throws RegistryException {
    var nodes = JsonNodeFactory.instance;
    var body = nodes.objectNode();
    body.put("project_name", path.project());
    body.set("metadata", nodes.objectNode().put("public", "false"));
    var _ =
        caller.call(ApiCall.post("create project " + path.project(), "/projects", body, 201, 409));
  }

  /** How much it may store; empty if the account may not know. */
  public Optional<Quota> quota() throws RegistryException {
    var summary = caller.look(get("ask for the quota of", "/summary"));
    var quota = summary.flatMap(answer -> quota(answer.json().path("quota")));
    return quota.isPresent() ? quota : quotaOfSystem();
  }

  private Optional<Quota> quotaOfSystem() throws RegistryException {
    var id = number();
    if (id.isEmpty()) {
      return Optional.empty();
    }
    var question =
        ApiCall.get(
            "ask for the quota of project " + path.project(),
            "/quotas?reference=project&reference_id=" + id.get());
    return caller.look(question).flatMap(answer -> quota(answer.json().path(0)));
  }

  private static Optional<Quota> quota(JsonNode json) {
    var hard = json.path("hard").path("storage");
    return hard.isNumber()
        ? Optional.of(new Quota(hard.asLong(), json.path("used").path("storage").asLong()))
        : Optional.empty();
  }

  /** Its number; empty if the account may not know. */
  public Optional<Long> number() throws RegistryException {
    return caller
        .look(get("read", ""))
        .map(answer -> answer.json().path("project_id").asLong())
        .filter(id -> id > 0);
  }

  /** Whether it does this by itself with what is pushed; empty if the account may not know. */
  public Optional<Boolean> isAutomatic(ScanKind kind) throws RegistryException {
    var setting =
        switch (kind) {
          case VULNERABILITY -> "auto_scan";
          case SBOM -> "auto_sbom_generation";
        };
    return caller
        .look(get("read", ""))
        .map(answer -> answer.json().path("metadata").path(setting).asText().equals("true"));
  }

  private ApiCall get(String action, String suffix) {
    return ApiCall.get(action + " project " + path.project(), path.inProject(suffix))
        .with(BY_NAME, "true");
  }
}
