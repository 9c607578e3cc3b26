package dev.stagewright.bench.soak;

import java.util.List;
import java.util.random.RandomGenerator;

/**
 * A spec of an ImageBuild with its expected result.
 *
 * @param marker unique text that identifies the image
 * @param exitCode exit code of the command in a build that is expected to fail
 * @param options the other fields of the spec, as YAML
 */
record SoakSpec(
    DockerfileTemplate template, String marker, int exitCode, String dockerfile, String options) {
  private static final int MAX_SLEEP_SECONDS = 4;
  private static final int MAX_EXIT_CODE = 100;
  private static final List<DockerfileTemplate> TEMPLATES =
      List.of(
          DockerfileTemplate.CHAIN,
          DockerfileTemplate.CHAIN,
          DockerfileTemplate.DIAMOND,
          DockerfileTemplate.DIAMOND,
          DockerfileTemplate.FAILING);
  private static final List<String> POLICIES = List.of("Replace", "Queue", "LatestOnly");
  private static final List<String> EXECUTIONS = List.of("auto", "podPerStage");
  private static final List<String> ACCESS_MODES = List.of("ReadWriteOnce", "ReadWriteMany");

  /** A random spec. */
  static SoakSpec random(RandomGenerator random, String marker) {
    var template = pick(random, TEMPLATES);
    var exitCode = 1 + random.nextInt(MAX_EXIT_CODE);
    var dockerfile =
        template.dockerfile(
            random.nextInt(MAX_SLEEP_SECONDS), random.nextInt(MAX_SLEEP_SECONDS), marker, exitCode);
    // More retries than the maximum number of disruptions of a run.
    var options =
        """
        retries: 8
        concurrencyPolicy: %s
        execution: %s
        workspace: {accessMode: %s}
        """
            .formatted(
                pick(random, POLICIES), pick(random, EXECUTIONS), pick(random, ACCESS_MODES));
    return new SoakSpec(template, marker, exitCode, dockerfile, options);
  }

  private static <T> T pick(RandomGenerator random, List<T> choices) {
    return choices.get(random.nextInt(choices.size()));
  }

  boolean expectsFailure() {
    return template == DockerfileTemplate.FAILING;
  }

  /** The spec, as YAML. */
  String yaml(String image, boolean suspend) {
    return "suspend: %s\noutput: {image: '%s'}\n".formatted(suspend, image)
        + options
        + "source:\n  inline:\n    dockerfile: |\n"
        + dockerfile.indent(6);
  }
}
