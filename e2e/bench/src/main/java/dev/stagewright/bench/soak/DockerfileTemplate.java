package dev.stagewright.bench.soak;

/**
 * The templates of the Dockerfiles, with different stage graphs and results. The file {@code
 * project.txt} is the same in all versions of a project, and {@code input.txt} is not. The image
 * has the text of {@code input.txt} in the file {@code made-from}, through all stages.
 */
enum DockerfileTemplate {
  /** Each stage has the previous one as its base. */
  CHAIN(
      """
      FROM busybox AS base
      COPY project.txt /
      RUN sleep %1$d && cp /project.txt /base
      FROM base AS middle
      COPY input.txt /
      RUN sleep %2$d && cp /input.txt /middle
      FROM middle
      RUN cmp /base /project.txt && cp /middle /made-from
      LABEL soak=%3$s
      """),

  /** Two parallel stages, and a stage that copies from both. */
  DIAMOND(
      """
      FROM busybox AS left
      COPY project.txt /
      RUN sleep %1$d && cp /project.txt /left
      FROM busybox AS right
      COPY input.txt /
      RUN sleep %2$d && cp /input.txt /right
      FROM busybox
      COPY --from=left /left /
      COPY --from=right /right /
      RUN test -s /left && cp /right /made-from
      LABEL soak=%3$s
      """),

  /** The command of the last stage fails. */
  FAILING(
      """
      FROM busybox AS good
      COPY input.txt /
      RUN sleep %1$d && cp /input.txt /good
      FROM busybox AS bad
      COPY --from=good /good /
      RUN sleep %2$d && exit %4$d
      """);

  /** The name of the stage of {@link #FAILING} that fails. */
  static final String FAILING_STAGE = "bad";

  private final String dockerfile;

  DockerfileTemplate(String dockerfile) {
    this.dockerfile = dockerfile;
  }

  /**
   * Returns a Dockerfile.
   *
   * @param firstSleep seconds that one stage sleeps
   * @param secondSleep seconds that another stage sleeps
   * @param input text of {@code input.txt}, and value of the image label {@code soak}
   * @param exitCode exit code of the command that fails
   */
  String dockerfile(int firstSleep, int secondSleep, String input, int exitCode) {
    return dockerfile.formatted(firstSleep, secondSleep, input, exitCode);
  }
}
