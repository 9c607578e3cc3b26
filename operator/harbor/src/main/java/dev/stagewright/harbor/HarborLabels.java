package dev.stagewright.harbor;

import dev.stagewright.harbor.api.ApiCall;
import dev.stagewright.harbor.api.ApiCaller;
import dev.stagewright.harbor.api.ApiPath;
import dev.stagewright.registry.error.RegistryException;
import java.util.Optional;

/** The labels of a project, and those for all projects. */
public final class HarborLabels {
  private static final int PAGE = 100;

  private final ApiCaller caller;
  private final ApiPath path;

  HarborLabels(ApiCaller caller, ApiPath path) {
    this.caller = caller;
    this.path = path;
  }

  /**
   * The number of the label of this name, the project's first; empty if there is none to be seen.
   */
  public Optional<Long> find(String name) throws RegistryException {
    var project = new HarborProject(caller, path).number();
    if (project.isPresent()) {
      var own = find(name, "scope=p&project_id=" + project.get());
      if (own.isPresent()) {
        return own;
      }
    }
    return find(name, "scope=g");
  }

  /** Harbor looks for names that contain the given one, so there may be many. */
  private Optional<Long> find(String name, String scope) throws RegistryException {
    for (var page = 1; ; page++) {
      var query =
          "/labels?%s&name=%s&page=%d&page_size=%d"
              .formatted(scope, ApiPath.encode(name), page, PAGE);
      var answer = caller.look(ApiCall.get("find label " + name, query));
      var found =
          answer.flatMap(it ->
              it.json()
                  .valueStream()
                  .filter(label -> label.path("name").asText().equals(name))
                  .map(label -> label.path("id").asLong())
                  .findFirst());
      if (found.isPresent() || answer.flatMap(it -> it.link()).isEmpty()) {
        return found;
      }
    }
  }
}
