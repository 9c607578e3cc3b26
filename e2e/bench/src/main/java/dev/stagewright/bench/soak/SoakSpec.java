package dev.stagewright.bench.soak;

import java.util.List;
import java.util.random.RandomGenerator;

/**
 * A spec of an ImageBuild with its expected result. Specs with the same project have the same
 * instructions; those with the same version too have the same files, so that all their instructions
 * can be in the cache.
 *
 * @param project number of the project, which determines the template
 * @param version version of the file {@code input.txt}
 * @param options the other fields of the spec, as YAML
 */
record SoakSpec(int project, int version, String options) {
  private static final int PROJECTS = 10;
  private static final int MAX_SLEEP_SECONDS = 4;
  private static final int MAX_EXIT_CODE = 100;
  private static final List<DockerfileTemplate> TEMPLATES =
      List.of(
          DockerfileTemplate.CHAIN,
          DockerfileTemplate.DIAMOND,
          DockerfileTemplate.CHAIN,
          DockerfileTemplate.DIAMOND,
          DockerfileTemplate.FAILING);
  private static final List<String> POLICIES = List.of("Replace", "Queue", "LatestOnly");
  private static final List<String> EXECUTIONS = List.of("auto", "podPerStage");
  private static final List<String> ACCESS_MODES = List.of("ReadWriteOnce", "ReadWriteMany");

  /**
   * A random spec.
   *
   * @param versions number of versions of a project
   */
  static SoakSpec random(RandomGenerator random, int versions) {
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
    return new SoakSpec(random.nextInt(PROJECTS), random.nextInt(versions), options);
  }

  private static <T> T pick(RandomGenerator random, List<T> choices) {
    return choices.get(random.nextInt(choices.size()));
  }

  private DockerfileTemplate template() {
    return TEMPLATES.get(project % TEMPLATES.size());
  }

  boolean expectsFailure() {
    return template() == DockerfileTemplate.FAILING;
  }

  /** The exit code of the command in a build that is expected to fail. */
  int exitCode() {
    return 1 + version % MAX_EXIT_CODE;
  }

  /** The text of the file that is different in each version; the image has it in a file. */
  String input() {
    return "project-%d-version-%d".formatted(project, version);
  }

  private String dockerfile() {
    return template()
        .dockerfile(project % MAX_SLEEP_SECONDS, version % MAX_SLEEP_SECONDS, input(), exitCode());
  }

  /**
   * The spec, as YAML.
   *
   * @param cache repository of the cache
   */
  String yaml(String image, String cache, boolean suspend) {
    return "suspend: %s\noutput: {image: '%s'}\ncache: {repository: '%s'}\n"
            .formatted(suspend, image, cache)
        + options
        + "source:\n  inline:\n    dockerfile: |\n"
        + dockerfile().indent(6)
        + "    files: {project.txt: project-%d, input.txt: %s}\n".formatted(project, input());
  }
}
