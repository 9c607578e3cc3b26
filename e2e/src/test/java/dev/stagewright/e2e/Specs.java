package dev.stagewright.e2e;

import java.util.Map;

/** Parts of ImageBuild specs, as YAML. */
final class Specs {
  private Specs() {}

  /** A source held by the resource itself. */
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
