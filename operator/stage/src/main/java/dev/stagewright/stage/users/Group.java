package dev.stagewright.stage.users;

import java.util.List;

/** A line of {@code /etc/group}. */
record Group(String name, long gid, List<String> members) {
  Group {
    members = List.copyOf(members);
  }
}
