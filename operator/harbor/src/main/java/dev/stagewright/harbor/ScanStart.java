package dev.stagewright.harbor;

/** The result of starting a scan. */
public sealed interface ScanStart {
  /** The scan was started. */
  record Started() implements ScanStart {}

  /** Another scan is already running, for example an automatic scan of the project. */
  record AlreadyRunning() implements ScanStart {}

  /**
   * The account may not start scans; the project may run them automatically.
   *
   * @param cause the message of Harbor
   */
  record NotAllowed(String cause) implements ScanStart {}

  /**
   * There is no scanner, or it does not support the artifact.
   *
   * @param cause the message of Harbor
   */
  record Unsupported(String cause) implements ScanStart {}
}
