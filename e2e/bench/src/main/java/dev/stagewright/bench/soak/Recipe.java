package dev.stagewright.bench.soak;

import java.util.List;
import java.util.random.RandomGenerator;

/**
 * One spec of an ImageBuild, and with it how its build has to end.
 *
 * @param mark unique; tells images apart
 * @param exitCode with which the build fails, where it is to
 * @param settings the rest of the spec, as YAML
 */
record Recipe(Shape shape, String mark, int exitCode, String dockerfile, String settings) {
  private static final int LONGEST_WAIT = 4;
  private static final int LARGEST_EXIT_CODE = 100;
  private static final List<Shape> SHAPES =
      List.of(Shape.CHAIN, Shape.CHAIN, Shape.DIAMOND, Shape.DIAMOND, Shape.FAILING);
  private static final List<String> POLICIES = List.of("Replace", "Queue", "LatestOnly");
  private static final List<String> EXECUTIONS = List.of("auto", "podPerStage");
  private static final List<String> ACCESS_MODES = List.of("ReadWriteOnce", "ReadWriteMany");

  /** Any spec. */
  static Recipe random(RandomGenerator random, String mark) {
    var shape = pick(random, SHAPES);
    var exitCode = 1 + random.nextInt(LARGEST_EXIT_CODE);
    var dockerfile =
        shape.dockerfile(
            random.nextInt(LONGEST_WAIT), random.nextInt(LONGEST_WAIT), mark, exitCode);
    // More than the few faults that one run is made to suffer.
    var settings =
        """
        retries: 8
        concurrencyPolicy: %s
        execution: %s
        workspace: {accessMode: %s}
        """
            .formatted(
                pick(random, POLICIES), pick(random, EXECUTIONS), pick(random, ACCESS_MODES));
    return new Recipe(shape, mark, exitCode, dockerfile, settings);
  }

  private static <T> T pick(RandomGenerator random, List<T> choices) {
    return choices.get(random.nextInt(choices.size()));
  }

  boolean isToFail() {
    return shape == Shape.FAILING;
  }

  /** The spec, as YAML. */
  String spec(String image, boolean suspend) {
    return "suspend: %s\noutput: {image: '%s'}\n".formatted(suspend, image)
        + settings
        + "source:\n  inline:\n    dockerfile: |\n"
        + dockerfile.indent(6);
  }
}
