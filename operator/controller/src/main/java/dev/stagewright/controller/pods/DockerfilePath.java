package dev.stagewright.controller.pods;

import java.util.ArrayList;
import java.util.List;

/**
 * The path of a Dockerfile as {@code spec.dockerfile} has it. It is relative to the root of the
 * source, as in BuildKit also where it begins with a slash.
 *
 * @param written as the user wrote it
 */
record DockerfilePath(String written) {
  private static final String FIELD = "spec.dockerfile: ";
  private static final String CURE =
      "; give the path of a file, relative to the root of the source, such as build/Dockerfile";

  /**
   * The path without leading slash, {@code .}, {@code ..} and empty parts.
   *
   * @throws IllegalArgumentException if it is not the path of a file inside the source; it names
   *     the field
   */
  String inSource() {
    written
        .chars()
        .filter(Character::isISOControl)
        .findFirst()
        .ifPresent(character -> {
          throw new IllegalArgumentException(
              FIELD + "the path has the control character U+%04X".formatted(character) + CURE);
        });
    List<String> tasks = new ArrayList<>();
    for (var task : written.split("/", -1)) {
      if (task.equals("..")) {
        if (tasks.isEmpty()) {
          throw invalid("leads out of the source");
        }
        tasks.removeLast();
      } else if (!task.isEmpty() && !task.equals(".")) {
        tasks.add(task);
      }
    }
    if (tasks.isEmpty()
        || written.endsWith("/")
        || written.endsWith("/.")
        || written.endsWith("/..")) {
      throw invalid("is the path of a directory, not of a file");
    }
    return String.join("/", tasks);
  }

  private IllegalArgumentException invalid(String why) {
    return new IllegalArgumentException(FIELD + '"' + written + "\" " + why + CURE);
  }
}
