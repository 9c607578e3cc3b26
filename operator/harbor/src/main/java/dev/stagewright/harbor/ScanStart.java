package dev.stagewright.harbor;

/** What became of the wish to scan. */
public sealed interface ScanStart {
  /** It has begun. */
  record Started() implements ScanStart {}

  /** Another one was under way, for example that which the project starts by itself. */
  record UnderWay() implements ScanStart {}

  /**
   * The account may not start one; the project may start it by itself.
   *
   * @param why Harbor's words
   */
  record NotAllowed(String why) implements ScanStart {}

  /**
   * There is no scanner, or none for such an artifact.
   *
   * @param why Harbor's words
   */
  record Impossible(String why) implements ScanStart {}
}
