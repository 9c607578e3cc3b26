package dev.stagewright.bench.soak;

/** The templates of the Dockerfiles, with different stage graphs and results. */
enum DockerfileTemplate {
  /** Each stage has the previous one as its base. */
  CHAIN(
      """
      FROM busybox AS base
      RUN sleep %1$d && echo %3$s > /base
      FROM base AS middle
      RUN sleep %2$d && cp /base /middle
      FROM middle
      RUN cmp /base /middle
      LABEL soak=%3$s
      """),

  /** Two parallel stages, and a stage that copies from both. */
  DIAMOND(
      """
      FROM busybox AS left
      RUN sleep %1$d && echo %3$s > /left
      FROM busybox AS right
      RUN sleep %2$d && echo %3$s > /right
      FROM busybox
      COPY --from=left /left /
      COPY --from=right /right /
      RUN cmp /left /right
      LABEL soak=%3$s
      """),

  /** The command of the last stage fails. */
  FAILING(
      """
      FROM busybox AS good
      RUN sleep %1$d && echo %3$s > /good
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
   * @param marker content of a file and of the image label {@code soak}
   * @param exitCode exit code of the command that fails
   */
  String dockerfile(int firstSleep, int secondSleep, String marker, int exitCode) {
    return dockerfile.formatted(firstSleep, secondSleep, marker, exitCode);
  }
}
