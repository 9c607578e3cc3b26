package dev.stagewright.chart;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * The manifests for kustomize: what Helm renders, by template, without the labels of Helm. Comments
 * are kept.
 */
record DeployManifests(String rendered) {
  private static final Pattern SEPARATOR = Pattern.compile("(?m)^---\\n");
  private static final Pattern SOURCE =
      Pattern.compile("# Source: stagewright/templates/([a-z]+\\.yaml)");
  private static final Pattern OF_HELM =
      Pattern.compile(
          "\\s+(helm\\.sh/chart|app\\.kubernetes\\.io/(instance|managed-by|version)"
              + "|checksum/config): .*");
  private static final Pattern ANNOTATIONS = Pattern.compile("( *)annotations:");

  /** The content of each file. */
  Map<String, String> files() {
    var files = new LinkedHashMap<String, List<String>>();
    for (var document : SEPARATOR.splitAsStream(rendered).toList()) {
      var source = SOURCE.matcher(document);
      if (source.find()) {
        files
            .computeIfAbsent(source.group(1), _ -> new ArrayList<>())
            .add(withoutHelm(document.substring(source.end()).strip()));
      }
    }
    return files.entrySet().stream()
        .collect(
            Collectors.toMap(
                Map.Entry::getKey,
                file ->
                    "# Generated from the chart. To update it, run:\n#   "
                        + CheckedInFile.UPDATE_COMMAND
                        + "\n"
                        + String.join("\n---\n", file.getValue())
                        + "\n"));
  }

  private static String withoutHelm(String document) {
    var lines =
        document
            .lines()
            .filter(line -> !OF_HELM.matcher(line).matches())
            .map(String::stripTrailing);
    return withoutEmptyAnnotations(lines.toList());
  }

  private static String withoutEmptyAnnotations(List<String> lines) {
    var kept = new ArrayList<String>();
    for (var i = 0; i < lines.size(); i++) {
      var annotations = ANNOTATIONS.matcher(lines.get(i));
      var hasContent =
          annotations.matches()
              && i + 1 < lines.size()
              && lines.get(i + 1).startsWith(annotations.group(1) + " ");
      if (!annotations.matches() || hasContent) {
        kept.add(lines.get(i));
      }
    }
    return String.join("\n", kept);
  }
}
