package dev.stagewright.harbor;

import dev.stagewright.harbor.api.ApiCall;
import dev.stagewright.harbor.api.ApiCaller;
import dev.stagewright.harbor.api.ApiPath;
import dev.stagewright.registry.error.RegistryException;
import java.net.URI;

/** A repository in Harbor, with its project. Thread-safe. */
public final class HarborRepository {
  private final ApiCaller caller;
  private final ApiPath path;

  HarborRepository(ApiCaller caller, ApiPath path) {
    this.caller = caller;
    this.path = path;
  }

  /** The name of the project. */
  public String projectName() {
    return path.project();
  }

  /** Returns the version and the state of Harbor. */
  public SystemInfo system() throws RegistryException {
    var json = caller.call(ApiCall.get("read Harbor's version", "/systeminfo")).json();
    return new SystemInfo(
        HarborVersion.parse(json.path("harbor_version").asText()),
        json.path("read_only").asBoolean());
  }

  /** The project. */
  public HarborProject project() {
    return new HarborProject(caller, path);
  }

  /** The labels that images of the repository can have. */
  public HarborLabels labels() {
    return new HarborLabels(caller, path);
  }

  /** Returns the image of a digest or tag. */
  public HarborArtifact artifact(String reference) {
    return new HarborArtifact(caller, path, reference);
  }

  /**
   * Returns the address of an image's page in the web console.
   *
   * @param project the ID of the project
   * @param digest the digest of the image
   */
  public URI page(long project, String digest) {
    return caller
        .endpoint()
        .origin()
        .resolve(
            "/harbor/projects/%d/repositories/%s/artifacts-tab/artifacts/%s"
                .formatted(project, ApiPath.encode(path.repository()), digest));
  }
}
