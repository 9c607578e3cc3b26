package dev.stagewright.kubectl.build;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * A build context in a Git repository, as Docker writes it: {@code URL#REVISION:DIRECTORY}.
 *
 * @param source {@code spec.source.git}
 */
public record GitContext(Map<String, Object> source) {
  private static final Pattern GIT =
      Pattern.compile(
          "(git|ssh)://.*|[^/:@]+@[^/:]+:.*|github\\.com/.*|https?://[^?#]*\\.git(#.*)?");
  private static final Pattern WEB = Pattern.compile("https?://[^#]*(#.*)?");

  /**
   * Parses an argument.
   *
   * @return empty if it is the path of a folder
   * @throws IllegalArgumentException for another URL
   */
  public static Optional<GitContext> parse(String argument) {
    if (!GIT.matcher(argument).matches()) {
      if (WEB.matcher(argument).matches()) {
        throw new IllegalArgumentException(
            ("%s is not the URL of a Git repository, which ends with .git; for an archive, download"
                    + " it and pass it on standard input: curl URL | stagewright build -")
                .formatted(argument));
      }
      return Optional.empty();
    }
    var parts = argument.split("#", 2);
    var fragment = parts.length > 1 ? parts[1].split(":", 2) : new String[] {""};
    var source = new LinkedHashMap<String, Object>();
    source.put("url", parts[0].startsWith("github.com/") ? "https://" + parts[0] : parts[0]);
    if (!fragment[0].isEmpty()) {
      source.put("revision", fragment[0]);
    }
    if (fragment.length > 1 && !fragment[1].isEmpty()) {
      source.put("directory", fragment[1]);
    }
    return Optional.of(new GitContext(source));
  }
}
