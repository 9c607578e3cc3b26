package dev.stagewright.worker;

/** Has libraries log their warnings, and nothing else, to standard error. */
public final class LibraryLogging {
  private LibraryLogging() {}

  /** Chooses our logging configuration, unless another is set; before anything logs. */
  public static void install() {
    if (System.getProperty("logback.configurationFile") == null) {
      System.setProperty("logback.configurationFile", "logback-worker.xml");
    }
  }
}
