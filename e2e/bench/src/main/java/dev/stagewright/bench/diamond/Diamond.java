package dev.stagewright.bench.diamond;

import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * A Dockerfile: one stage, many that build on it and only wait, and one that copies from them all.
 *
 * @param width how many wait
 * @param seconds how long each
 */
record Diamond(int width, int seconds) {

  String dockerfile() {
    return "FROM busybox AS top\nRUN true\n"
        + all("FROM top AS side%1$d\nRUN sleep %2$d && echo %1$d > /side%1$d\n")
        + "FROM busybox\n"
        + all("COPY --from=side%1$d /side%1$d /\n");
  }

  private String all(String lines) {
    return IntStream.rangeClosed(1, width)
        .mapToObj(side -> lines.formatted(side, seconds))
        .collect(Collectors.joining());
  }

  /** Whether a stage of this name is one of those that wait. */
  boolean waits(String stage) {
    return stage.startsWith("side");
  }
}
