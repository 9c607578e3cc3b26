package dev.stagewright.harbor;

import dev.stagewright.harbor.api.ApiCall;
import dev.stagewright.harbor.api.ApiCaller;
import dev.stagewright.harbor.api.ApiPath;
import dev.stagewright.registry.error.RegistryException;
import java.net.URI;

/** A repository at a Harbor, with the project that it is in. Can be used by several threads. */
public final class HarborRepository {
  private final ApiCaller caller;
  private final ApiPath path;

  HarborRepository(ApiCaller caller, ApiPath path) {
    this.caller = caller;
    this.path = path;
  }

  /** Name of the project. */
  public String projectName() {
    return path.project();
  }

  /** What Harbor says of itself. */
  public SystemInfo system() throws RegistryException {
    var json = caller.call(ApiCall.get("ask for Harbor's version", "/systeminfo")).json();
    return new SystemInfo(
        HarborVersion.parse(json.path("harbor_version").asText()),
        json.path("read_only").asBoolean());
  }

  /** The project and what belongs to it. */
  public HarborProject project() {
    return new HarborProject(caller, path);
  }

  /** The labels that its images may bear. */
  public HarborLabels labels() {
    return new HarborLabels(caller, path);
  }

  /** The image of this digest or tag. */
  public HarborArtifact artifact(String reference) {
    return new HarborArtifact(caller, path, reference);
  }

  /**
   * Address of an image's page, for people.
   *
   * @param project number of the project
   * @param digest of the image
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
