package dev.stagewright.controller.template;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * A field of an object, or a pattern for fields: {@code spec.volumes[data].emptyDir}. An element of
 * a list is named by its merge key where it has one, else by its index; in a pattern {@code *}
 * stands for any text inside a segment.
 *
 * @param segments names of fields; elements, and names with dots, in brackets
 */
public record FieldPath(List<String> segments) {
  /** The object itself. */
  static final FieldPath ROOT = new FieldPath(List.of());

  private static final Pattern SEGMENT = Pattern.compile("\\[[^\\]]*]|[^.\\[\\]]+");

  /** Copies the list. */
  public FieldPath {
    segments = List.copyOf(segments);
  }

  /**
   * Reads a path or pattern.
   *
   * @throws IllegalArgumentException if it names nothing
   */
  public static FieldPath parse(String text) {
    var segments = SEGMENT.matcher(text).results().map(match -> match.group()).toList();
    var path = new FieldPath(segments);
    if (segments.isEmpty() || !path.toString().equals(text)) {
      throw new IllegalArgumentException(
          "no path of a Pod's field, such as spec.volumes[*].hostPath: '" + text + "'");
    }
    return path;
  }

  FieldPath field(String name) {
    return plus(name.contains(".") || name.contains("/") ? "[" + name + "]" : name);
  }

  FieldPath element(String key) {
    return plus("[" + key + "]");
  }

  private FieldPath plus(String segment) {
    return new FieldPath(Stream.concat(segments.stream(), Stream.of(segment)).toList());
  }

  /** Whether this pattern is of that field, or of one that the field lies in. */
  boolean covers(FieldPath field) {
    return segments.size() <= field.segments.size() && matches(field, segments.size());
  }

  /** Whether this pattern is of a field that lies in that one. */
  boolean liesIn(FieldPath field) {
    return segments.size() > field.segments.size() && matches(field, field.segments.size());
  }

  private boolean matches(FieldPath field, int count) {
    for (var i = 0; i < count; i++) {
      if (!matches(segments.get(i), field.segments.get(i))) {
        return false;
      }
    }
    return true;
  }

  private static boolean matches(String pattern, String segment) {
    if (!pattern.contains("*")) {
      return pattern.equals(segment);
    }
    var tasks = new ArrayList<String>();
    for (var task : pattern.split("\\*", -1)) {
      tasks.add(Pattern.quote(task));
    }
    return segment.matches(String.join(".*", tasks));
  }

  /** The path without its first segments. */
  FieldPath from(int first) {
    return new FieldPath(segments.subList(Math.min(first, segments.size()), segments.size()));
  }

  /** As users read it. */
  @Override
  public String toString() {
    var text = new StringBuilder();
    for (var segment : segments) {
      text.append(text.isEmpty() || segment.startsWith("[") ? "" : ".").append(segment);
    }
    return text.toString();
  }
}
