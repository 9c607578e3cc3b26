package dev.stagewright.dockerfile.stages;

/** What a stage is built on. */
public sealed interface StageBase {

  /** {@code FROM scratch}. */
  record Scratch() implements StageBase {}

  /**
   * An image.
   *
   * @param name as written, with variables expanded
   */
  record Image(String name) implements StageBase {}

  /**
   * An earlier stage.
   *
   * @param stage its index
   */
  record Stage(int stage) implements StageBase {}

  /**
   * A build context of its own.
   *
   * @param name one of {@link BuildOptions#namedContexts}
   */
  record NamedContext(String name) implements StageBase {}
}
