package dev.stagewright.harbor;

import dev.stagewright.harbor.api.ApiCall;
import dev.stagewright.harbor.api.ApiCaller;
import dev.stagewright.harbor.api.ApiPath;
import dev.stagewright.registry.error.RegistryException;
import java.util.Optional;

/** The labels of a project, and the global labels. */
public final class HarborLabels {
  private static final int PAGE = 100;

  private final ApiCaller caller;
  private final ApiPath path;

  HarborLabels(ApiCaller caller, ApiPath path) {
    this.caller = caller;
    this.path = path;
  }

  /**
   * Returns the ID of a label by name, labels of the project first; empty if the label does not
   * exist or is hidden.
   */
  public Optional<Long> find(String name) throws RegistryException {
    var project = new HarborProject(caller, path).id();
    if (project.isPresent()) {
      var projectLabel = find(name, "scope=p&project_id=" + project.get());
      if (projectLabel.isPresent()) {
        return projectLabel;
      }
    }
    return find(name, "scope=g");
  }

  /** Harbor returns all labels whose name contains the given one, so there may be many pages. */
  private Optional<Long> find(String name, String scope) throws RegistryException {
    for (var number = 1; ; number++) {
      var query =
          "/labels?%s&name=%s&page=%d&page_size=%d"
              .formatted(scope, ApiPath.encode(name), number, PAGE);
      var response = caller.find(ApiCall.get("find label " + name, query));
      var found =
          response.flatMap(page ->
              page.json()
                  .valueStream()
                  .filter(label -> label.path("name").asText().equals(name))
                  .map(label -> label.path("id").asLong())
                  .findFirst());
      if (found.isPresent() || response.flatMap(page -> page.nextLink()).isEmpty()) {
        return found;
      }
    }
  }
}
