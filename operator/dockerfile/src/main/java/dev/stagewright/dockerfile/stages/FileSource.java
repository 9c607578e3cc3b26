package dev.stagewright.dockerfile.stages;

/** The source of the files of COPY or RUN --mount. */
public sealed interface FileSource {

  /** The build context. */
  record Context() implements FileSource {}

  /**
   * Another stage.
   *
   * @param stage index of the stage
   */
  record Stage(int stage) implements FileSource {
    /** The id of the stage in a plan. */
    public String id() {
      return dev.stagewright.dockerfile.Stage.idOf(stage);
    }
  }

  /**
   * An image.
   *
   * @param name as in the Dockerfile
   */
  record Image(String name) implements FileSource {}

  /**
   * An additional build context.
   *
   * @param name one of {@link BuildOptions#namedContexts}
   */
  record NamedContext(String name) implements FileSource {}

  /** The source {@code scratch}, which has no files. */
  record Nothing() implements FileSource {}
}
