package dev.stagewright.harbor.api;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;

/**
 * Addresses of objects in Harbor's API.
 *
 * @param project the name of the project
 * @param repository the path of the repository in the project
 */
public record ApiPath(String project, String repository) {
  /** Parses the name of a repository, whose first path element is the project. */
  public static ApiPath of(String name) {
    var slash = name.indexOf('/');
    return slash < 0
        ? new ApiPath(name, "")
        : new ApiPath(name.substring(0, slash), name.substring(slash + 1));
  }

  /** Returns the address of the project, or of an object in it, for example {@code /summary}. */
  public String inProject(String suffix) {
    return "/projects/" + encode(project) + suffix;
  }

  /**
   * Returns the address of an artifact, or of an object of it. The repository is encoded twice:
   * otherwise its slashes would be interpreted as separators.
   *
   * @param reference a tag or digest
   * @param suffix for example {@code /scan}, optionally with a query
   */
  public String artifact(String reference, String suffix) {
    return inProject(
        "/repositories/" + encode(encode(repository)) + "/artifacts/" + encode(reference) + suffix);
  }

  /** Encodes text for a path or a query. */
  public static String encode(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
  }
}
