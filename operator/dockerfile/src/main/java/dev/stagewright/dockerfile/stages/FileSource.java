package dev.stagewright.dockerfile.stages;

/** Where COPY and RUN --mount find files. */
public sealed interface FileSource {

  /** The build context. */
  record Context() implements FileSource {}

  /**
   * Another stage.
   *
   * @param stage its index
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
   * @param name as written
   */
  record Image(String name) implements FileSource {}

  /**
   * A build context of its own.
   *
   * @param name one of {@link BuildOptions#namedContexts}
   */
  record NamedContext(String name) implements FileSource {}

  /** {@code scratch}: no files at all. */
  record Nothing() implements FileSource {}
}
