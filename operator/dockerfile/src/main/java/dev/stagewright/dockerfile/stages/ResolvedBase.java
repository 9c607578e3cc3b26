package dev.stagewright.dockerfile.stages;

/** The base of a stage. */
public sealed interface ResolvedBase {

  /** {@code FROM scratch}. */
  record Scratch() implements ResolvedBase {}

  /**
   * An image.
   *
   * @param name as in the Dockerfile, with variables expanded
   */
  record Image(String name) implements ResolvedBase {}

  /**
   * An earlier stage.
   *
   * @param stage index of the stage
   */
  record Stage(int stage) implements ResolvedBase {}

  /**
   * An additional build context.
   *
   * @param name one of {@link BuildOptions#namedContexts}
   */
  record NamedContext(String name) implements ResolvedBase {}
}
