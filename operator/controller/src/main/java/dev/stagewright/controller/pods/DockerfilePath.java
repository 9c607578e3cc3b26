package dev.stagewright.controller.pods;

import java.util.ArrayList;
import java.util.List;

/**
 * The path of a Dockerfile in {@code spec.dockerfile}. It is relative to the root of the source,
 * even if it starts with a slash, as in BuildKit.
 *
 * @param value of the field
 */
record DockerfilePath(String value) {
  private static final String FIELD = "spec.dockerfile: ";
  private static final String HINT =
      "; set the path of a file, relative to the root of the source, such as build/Dockerfile";

  /**
   * The path without leading slash, {@code .}, {@code ..} and empty segments.
   *
   * @throws IllegalArgumentException if it is not the path of a file in the source; the message
   *     names the field
   */
  String inSource() {
    value
        .chars()
        .filter(Character::isISOControl)
        .findFirst()
        .ifPresent(character -> {
          throw new IllegalArgumentException(
              FIELD + "the path contains the control character U+%04X".formatted(character) + HINT);
        });
    List<String> segments = new ArrayList<>();
    for (var segment : value.split("/", -1)) {
      if (segment.equals("..")) {
        if (segments.isEmpty()) {
          throw invalid("leads out of the source");
        }
        segments.removeLast();
      } else if (!segment.isEmpty() && !segment.equals(".")) {
        segments.add(segment);
      }
    }
    if (segments.isEmpty()
        || value.endsWith("/")
        || value.endsWith("/.")
        || value.endsWith("/..")) {
      throw invalid("is the path of a directory, not of a file");
    }
    return String.join("/", segments);
  }

  private IllegalArgumentException invalid(String problem) {
    return new IllegalArgumentException(FIELD + '"' + value + "\" " + problem + HINT);
  }
}
