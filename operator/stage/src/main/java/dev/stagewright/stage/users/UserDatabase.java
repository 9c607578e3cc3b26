package dev.stagewright.stage.users;

import dev.stagewright.layers.tar.RawName;
import dev.stagewright.stage.linux.Errno;
import dev.stagewright.stage.linux.FileStatus;
import dev.stagewright.stage.linux.LinuxException;
import dev.stagewright.stage.linux.RootFileSystem;
import dev.stagewright.stage.path.LinkResolver;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Predicate;

/** The users and groups of a root. Malformed lines are skipped. */
final class UserDatabase {
  private static final int LONGEST_FILE = 10 * 1024 * 1024;

  private final List<PasswdEntry> users;
  private final List<GroupEntry> groups;

  private UserDatabase(List<PasswdEntry> users, List<GroupEntry> groups) {
    this.users = users;
    this.groups = groups;
  }

  /** Reads the files of this root. Missing files count as empty. */
  static UserDatabase read(RootFileSystem root) throws IOException {
    return parse(read(root, "etc/passwd"), read(root, "etc/group"));
  }

  static UserDatabase parse(String passwd, String group) {
    return new UserDatabase(
        lines(
            passwd,
            6,
            fields ->
                new PasswdEntry(
                    fields[0], Long.parseLong(fields[2]), Long.parseLong(fields[3]), fields[5])),
        lines(
            group,
            3,
            fields ->
                new GroupEntry(
                    fields[0],
                    Long.parseLong(fields[2]),
                    fields.length > 3 ? List.of(fields[3].strip().split(",", 0)) : List.of())));
  }

  private static String read(RootFileSystem root, String path) throws IOException {
    var file = new LinkResolver(root::readLink).resolve(path);
    if (root.status(file).filter(UserDatabase::isPipeOrDevice).isPresent()) {
      // Opening a pipe would wait for a writer.
      return "";
    }
    try (var in = root.read(file)) {
      return RawName.text(RawName.ofBytes(in.readNBytes(LONGEST_FILE)));
    } catch (LinuxException e) {
      if (e.errno().equals(Errno.ENOENT) || e.errno().equals(Errno.ENOTDIR)) {
        return "";
      }
      throw e;
    }
  }

  private static boolean isPipeOrDevice(FileStatus status) {
    return switch (status.type()) {
      case FILE, DIRECTORY, SYMLINK -> false;
      case FIFO, SOCKET, CHARACTER_DEVICE, BLOCK_DEVICE -> true;
    };
  }

  private static <T> List<T> lines(String text, int leastFields, Function<String[], T> parser) {
    var parsed = new ArrayList<T>();
    for (var line : text.split("\n", 0)) {
      var fields = line.strip().split(":", -1);
      if (fields.length >= leastFields && !line.startsWith("#")) {
        try {
          parsed.add(parser.apply(fields));
        } catch (NumberFormatException _) {
          // Skips a malformed line.
        }
      }
    }
    return List.copyOf(parsed);
  }

  Optional<PasswdEntry> user(String name) {
    return first(users, user -> user.name().equals(name));
  }

  Optional<PasswdEntry> user(long uid) {
    return first(users, user -> user.uid() == uid);
  }

  Optional<GroupEntry> group(String name) {
    return first(groups, group -> group.name().equals(name));
  }

  /** The ids of the groups that list this user. */
  List<Long> groupsOf(String user) {
    var found = new ArrayList<Long>();
    for (var group : groups) {
      if (group.members().contains(user)) {
        found.add(group.gid());
      }
    }
    return found;
  }

  private static <T> Optional<T> first(List<T> all, Predicate<T> wanted) {
    for (var one : all) {
      if (wanted.test(one)) {
        return Optional.of(one);
      }
    }
    return Optional.empty();
  }
}
