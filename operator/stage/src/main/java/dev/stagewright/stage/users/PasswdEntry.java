package dev.stagewright.stage.users;

/** A line of {@code /etc/passwd}. */
record PasswdEntry(String name, long uid, long gid, String home) {}
