package dev.stagewright.harbor;

/**
 * The storage quota of a project.
 *
 * @param limit the limit in bytes; negative for no limit
 * @param used the used bytes
 */
public record Quota(long limit, long used) {
  /** Whether the quota is exhausted. */
  public boolean isExhausted() {
    return limit >= 0 && used >= limit;
  }
}
