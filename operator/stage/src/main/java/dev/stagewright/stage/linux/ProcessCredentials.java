package dev.stagewright.stage.linux;

import java.util.ArrayList;
import java.util.List;

/**
 * The user and groups of a process.
 *
 * @param uid user
 * @param gid primary group
 * @param groups supplementary groups, which include the primary group, as in container runtimes
 */
public record ProcessCredentials(long uid, long gid, List<Long> groups) {
  /** The user root with only the group root. */
  public static final ProcessCredentials ROOT = new ProcessCredentials(0, 0, List.of());

  public ProcessCredentials {
    if (!groups.contains(gid)) {
      groups = new ArrayList<>(groups);
      groups.addFirst(gid);
    }
    groups = List.copyOf(groups);
  }
}
