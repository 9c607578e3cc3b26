package dev.stagewright.controller.template;

import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The path of a field of an object, such as {@code spec.volumes[data].emptyDir}, or a pattern for
 * such paths. An element of a list is identified by the value of its merge key if the list has one,
 * else by its index. In a pattern, {@code *} matches any text within a segment.
 *
 * @param segments names of fields; elements, and names with dots, are in brackets
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
   * Parses a path or pattern.
   *
   * @throws IllegalArgumentException if the text is not a path
   */
  public static FieldPath parse(String text) {
    var segments = SEGMENT.matcher(text).results().map(match -> match.group()).toList();
    var path = new FieldPath(segments);
    if (segments.isEmpty() || !path.toString().equals(text)) {
      throw new IllegalArgumentException(
          "'" + text + "' is not the path of a field of a Pod, such as spec.volumes[*].hostPath");
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

  /** Whether this pattern matches the field or one of the fields that contain it. */
  boolean covers(FieldPath field) {
    return segments.size() <= field.segments.size() && matches(field, segments.size());
  }

  /** Whether this pattern matches fields inside the given one. */
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
    var literals = Arrays.stream(pattern.split("\\*", -1)).map(Pattern::quote);
    return segment.matches(literals.collect(Collectors.joining(".*")));
  }

  /** The path without its first segments. */
  FieldPath from(int first) {
    return new FieldPath(segments.subList(Math.min(first, segments.size()), segments.size()));
  }

  /** The path as users write it. */
  @Override
  public String toString() {
    var text = new StringBuilder();
    for (var segment : segments) {
      text.append(text.isEmpty() || segment.startsWith("[") ? "" : ".").append(segment);
    }
    return text.toString();
  }
}
