package dev.stagewright.harbor;

/**
 * How much a project may store.
 *
 * @param limit in bytes; negative for no limit
 * @param used in bytes
 */
public record Quota(long limit, long used) {
  /** Whether nothing more goes in. */
  public boolean isUsedUp() {
    return limit >= 0 && used >= limit;
  }
}
