package dev.stagewright.e2e;

import java.util.Map;

/** Fragments of ImageBuild specs, in YAML. */
final class Specs {
  /**
   * An instruction that does not end until its Pod is lost. In the replacement Pod, it ends
   * immediately.
   */
  static final String UNTIL_LOST =
      """
      RUN --mount=type=cache,target=/tries \\
          test -e /tries/first || { touch /tries/first && sleep 3600; }
      """;

  private Specs() {}

  /** An inline source. */
  static String inline(String dockerfile, Map<String, String> files) {
    var yaml = new StringBuilder("source:\n  inline:\n    dockerfile: |\n");
    yaml.append(dockerfile.indent(6));
    if (!files.isEmpty()) {
      yaml.append("    files:\n");
      files.forEach((path, text) ->
          yaml.append("      \"").append(path).append("\": |\n").append(text.indent(8)));
    }
    return yaml.toString();
  }
}
