package dev.stagewright.stage.linux;

import java.util.ArrayList;
import java.util.List;

/**
 * Whom a process runs as.
 *
 * @param uid user
 * @param gid primary group
 * @param groups supplementary groups; the primary one is always among them, as container runtimes
 *     have it
 */
public record ProcessCredentials(long uid, long gid, List<Long> groups) {
  /** Root, with root's group only. */
  public static final ProcessCredentials ROOT = new ProcessCredentials(0, 0, List.of());

  public ProcessCredentials {
    if (!groups.contains(gid)) {
      groups = new ArrayList<>(groups);
      groups.addFirst(gid);
    }
    groups = List.copyOf(groups);
  }
}
