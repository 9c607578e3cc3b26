package dev.stagewright.controller.queue;

/**
 * The limits of concurrent builds.
 *
 * @param builds in all namespaces together; 0 for no limit
 * @param buildsPerNamespace in each namespace; 0 for no limit
 */
public record QueueLimits(int builds, int buildsPerNamespace) {
  /** No limits. */
  public static final QueueLimits NONE = new QueueLimits(0, 0);

  /**
   * @throws IllegalArgumentException if a limit is negative
   */
  public QueueLimits {
    if (builds < 0 || buildsPerNamespace < 0) {
      throw new IllegalArgumentException("limits of concurrent builds must not be negative");
    }
  }

  /** Whether there are no limits. */
  public boolean isNone() {
    return equals(NONE);
  }

  boolean isReachedBy(int running) {
    return builds > 0 && running >= builds;
  }

  boolean isReachedInNamespaceBy(int running) {
    return buildsPerNamespace > 0 && running >= buildsPerNamespace;
  }
}
