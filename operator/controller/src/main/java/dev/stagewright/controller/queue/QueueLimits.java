package dev.stagewright.controller.queue;

/**
 * How many builds may run at once.
 *
 * @param builds of all namespaces together; 0 for no limit
 * @param buildsPerNamespace of each namespace; 0 for no limit
 */
public record QueueLimits(int builds, int buildsPerNamespace) {
  /** Everything runs at once. */
  public static final QueueLimits NONE = new QueueLimits(0, 0);

  /**
   * @throws IllegalArgumentException if a limit is negative
   */
  public QueueLimits {
    if (builds < 0 || buildsPerNamespace < 0) {
      throw new IllegalArgumentException("a limit of builds must not be negative");
    }
  }

  /** Whether nothing is limited. */
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
