package dev.stagewright.bench.diamond;

import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * A Dockerfile with one base stage, parallel stages that sleep, and a stage that copies from all of
 * them.
 *
 * @param width number of parallel stages
 * @param sleepSeconds seconds that each parallel stage sleeps
 */
record DiamondDockerfile(int width, int sleepSeconds) {

  String text() {
    return "FROM busybox AS top\nRUN true\n"
        + forEachSide("FROM top AS side%1$d\nRUN sleep %2$d && echo %1$d > /side%1$d\n")
        + "FROM busybox\n"
        + forEachSide("COPY --from=side%1$d /side%1$d /\n");
  }

  private String forEachSide(String lines) {
    return IntStream.rangeClosed(1, width)
        .mapToObj(side -> lines.formatted(side, sleepSeconds))
        .collect(Collectors.joining());
  }

  /** Whether the stage of this name is a parallel stage. */
  boolean isParallel(String stage) {
    return stage.startsWith("side");
  }
}
