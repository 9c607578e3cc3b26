package dev.stagewright.stage.users;

import java.util.List;

/** A line of {@code /etc/group}. */
record GroupEntry(String name, long gid, List<String> members) {
  GroupEntry {
    members = List.copyOf(members);
  }
}
