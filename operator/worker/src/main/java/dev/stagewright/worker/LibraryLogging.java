package dev.stagewright.worker;

/** Configures libraries to log warnings only, to standard error. */
public final class LibraryLogging {
  private LibraryLogging() {}

  /**
   * Selects the logging configuration, unless a system property selects another one. Must run
   * before anything logs.
   */
  public static void install() {
    if (System.getProperty("logback.configurationFile") == null) {
      System.setProperty("logback.configurationFile", "logback-worker.xml");
    }
  }
}
