package dev.stagewright.bench.soak;

/** How the stages of a build hang together, and how it is to end. */
enum Shape {
  /** Each stage is built on the one before. */
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

  /** Two stages at once, and one that copies from both. */
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

  /** Its last stage fails, by the fault of whoever wrote it. */
  FAILING(
      """
      FROM busybox AS good
      RUN sleep %1$d && echo %3$s > /good
      FROM busybox AS bad
      COPY --from=good /good /
      RUN sleep %2$d && exit %4$d
      """);

  /** The stage of {@link #FAILING} that fails. */
  static final String FAILING_STAGE = "bad";

  private final String dockerfile;

  Shape(String dockerfile) {
    this.dockerfile = dockerfile;
  }

  /**
   * Writes the Dockerfile.
   *
   * @param first seconds that one stage waits
   * @param second seconds that another waits
   * @param mark ends up in a file, and as the label {@code soak} of the image
   * @param exitCode of what fails, where something does
   */
  String dockerfile(int first, int second, String mark, int exitCode) {
    return dockerfile.formatted(first, second, mark, exitCode);
  }
}
