package dev.stagewright.chart;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * The table of all values for the README, from the comments {@code # --} of {@code values.yaml}. A
 * value without such a comment is a group of values that have one.
 */
record ValuesTable(String yaml, JsonNode values) {
  private static final Pattern COMMENT = Pattern.compile(" *# -- (.*)");
  private static final Pattern KEY = Pattern.compile("( *)([A-Za-z0-9]+):.*");
  private static final int INDENT = 2;

  String markdown() {
    var descriptions = descriptions();
    var rows = new ArrayList<String>();
    collect("", values, descriptions, rows);
    return "| Value | Default | Description |\n| --- | --- | --- |\n" + String.join("", rows);
  }

  private Map<String, String> descriptions() {
    var descriptions = new LinkedHashMap<String, String>();
    var path = new ArrayList<String>();
    var pending = "";
    for (var line : yaml.lines().toList()) {
      var comment = COMMENT.matcher(line);
      var key = KEY.matcher(line);
      if (comment.matches()) {
        pending = comment.group(1);
      } else if (key.matches()) {
        var depth = key.group(1).length() / INDENT;
        path.subList(depth, path.size()).clear();
        path.add(key.group(2));
        if (!pending.isEmpty()) {
          descriptions.put(String.join(".", path), pending);
        }
        pending = "";
      }
    }
    return descriptions;
  }

  private static void collect(
      String prefix, JsonNode group, Map<String, String> descriptions, List<String> rows) {
    for (var value : group.properties()) {
      var path = prefix.isEmpty() ? value.getKey() : prefix + "." + value.getKey();
      var description = descriptions.get(path);
      if (description != null) {
        rows.add("| `%s` | %s | %s |\n".formatted(path, text(value.getValue()), description));
      } else if (value.getValue().isObject() && !value.getValue().isEmpty()) {
        collect(path, value.getValue(), descriptions, rows);
      } else {
        throw new IllegalStateException("values.yaml does not describe " + path);
      }
    }
  }

  private static String text(JsonNode value) {
    if (value.isTextual() && value.asText().isEmpty()) {
      return "";
    }
    return "`" + flow(value) + "`";
  }

  /** In the style of the documentation: without quotes. */
  private static String flow(JsonNode value) {
    if (value.isObject()) {
      return value.properties().stream()
          .map(property -> property.getKey() + ": " + flow(property.getValue()))
          .collect(Collectors.joining(", ", "{", "}"));
    }
    if (value.isArray()) {
      var items = new ArrayList<String>();
      value.forEach(item -> items.add(flow(item)));
      return "[" + String.join(", ", items) + "]";
    }
    return value.asText();
  }
}
