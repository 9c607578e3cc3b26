package dev.stagewright.harbor.api;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;

/**
 * Addresses of things in Harbor's API.
 *
 * @param project name of a project
 * @param repository path of a repository in it
 */
public record ApiPath(String project, String repository) {
  /** An image's, whose first path element is the project. */
  public static ApiPath of(String name) {
    var slash = name.indexOf('/');
    return slash < 0
        ? new ApiPath(name, "")
        : new ApiPath(name.substring(0, slash), name.substring(slash + 1));
  }

  /** The project, or something in it, for example {@code /summary}. */
  public String inProject(String suffix) {
    return "/projects/" + encode(project) + suffix;
  }

  /**
   * An artifact, or something of it. The repository is encoded twice: its slashes would else be
   * taken for those of the address.
   *
   * @param reference tag or digest
   * @param suffix for example {@code /scan}; may have a query
   */
  public String artifact(String reference, String suffix) {
    return inProject(
        "/repositories/" + encode(encode(repository)) + "/artifacts/" + encode(reference) + suffix);
  }

  /** Fit for an address or its query. */
  public static String encode(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
  }
}
