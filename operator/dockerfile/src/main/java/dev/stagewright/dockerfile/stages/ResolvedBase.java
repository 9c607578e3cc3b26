package dev.stagewright.dockerfile.stages;

/** What a stage is built on. */
public sealed interface ResolvedBase {

  /** {@code FROM scratch}. */
  record Scratch() implements ResolvedBase {}

  /**
   * An image.
   *
   * @param name as written, with variables expanded
   */
  record Image(String name) implements ResolvedBase {}

  /**
   * An earlier stage.
   *
   * @param stage its index
   */
  record Stage(int stage) implements ResolvedBase {}

  /**
   * A build context of its own.
   *
   * @param name one of {@link BuildOptions#namedContexts}
   */
  record NamedContext(String name) implements ResolvedBase {}
}
