package dev.stagewright.stage.users;

import dev.stagewright.stage.linux.ProcessCredentials;
import dev.stagewright.stage.linux.RootFileSystem;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/**
 * Resolves names and ids of users and groups in the root of a stage, by the rules of BuildKit and
 * runc. The files are read on each call, since any instruction may change them.
 */
public final class UserLookup {
  private static final String ROOT = "root";

  private final RootFileSystem root;

  /** Resolves names in this root. */
  public UserLookup(RootFileSystem root) {
    this.root = root;
  }

  /**
   * The credentials of a command.
   *
   * @param user {@code user[:group]}; empty means root. If no group is given, supplementary groups
   *     are read from the root.
   * @throws UnknownUserException if a name is unknown
   */
  public ProcessCredentials credentials(String user) throws IOException, UnknownUserException {
    return credentials(UserSpec.parse(user.isEmpty() ? "0" : user), UserDatabase.read(root));
  }

  /** The home directory of a user; {@code /} if the user does not exist. */
  public String home(long uid) throws IOException {
    return UserDatabase.read(root)
        .user(uid)
        .map(PasswdEntry::home)
        .filter(h -> !h.isEmpty())
        .orElse("/");
  }

  /**
   * The owner that {@code --chown} selects: a number without a group is the user and the group; a
   * name without a group has the group of the user.
   */
  public ChownOwner owner(String chown) throws IOException {
    return owner(UserSpec.parse(chown), UserDatabase.read(root));
  }

  static ProcessCredentials credentials(UserSpec spec, UserDatabase database)
      throws UnknownUserException {
    var number = UserSpec.number(spec.user());
    var group = spec.group().filter(name -> !name.isEmpty());
    if (number.isPresent() && group.isPresent() && UserSpec.number(group.get()).isPresent()) {
      return new ProcessCredentials(
          number.getAsLong(), UserSpec.number(group.get()).getAsLong(), List.of());
    }
    var known = number.isPresent() ? database.user(number.getAsLong()) : database.user(spec.user());
    if (known.isEmpty() && number.isEmpty()) {
      throw unknownUser(spec.user());
    }
    var uid = known.map(PasswdEntry::uid).orElseGet(() -> number.orElseThrow());
    if (group.isPresent()) {
      return new ProcessCredentials(uid, gid(group.get(), database), List.of());
    }
    var groups = known.map(user -> database.groupsOf(user.name())).orElse(List.of());
    return new ProcessCredentials(uid, known.map(PasswdEntry::gid).orElse(0L), groups);
  }

  static ChownOwner owner(UserSpec spec, UserDatabase database) {
    var unknown = new ArrayList<String>();
    var own = user(spec.user(), database, unknown);
    if (spec.group().isEmpty()) {
      return new ChownOwner(own, unknown);
    }
    var group = spec.group().get();
    var gid = group.isEmpty() ? 0 : group(group, database, own.gid(), unknown);
    return new ChownOwner(new Owner(own.uid(), gid), unknown);
  }

  private static Owner user(String name, UserDatabase database, List<String> unknown) {
    var number = UserSpec.number(name);
    if (number.isPresent()) {
      return new Owner(number.getAsLong(), number.getAsLong());
    }
    var known = database.user(name);
    if (known.isEmpty() && !name.isEmpty() && !name.equals(ROOT)) {
      unknown.add("user " + name);
    }
    return known.map(user -> new Owner(user.uid(), user.gid())).orElse(Owner.ROOT);
  }

  private static long group(
      String name, UserDatabase database, long otherwise, List<String> unknown) {
    var number = UserSpec.number(name);
    if (number.isPresent()) {
      return number.getAsLong();
    }
    var known = database.group(name).map(GroupEntry::gid);
    if (known.isEmpty() && !name.equals(ROOT)) {
      unknown.add("group " + name);
    }
    return known.orElse(name.equals(ROOT) ? 0 : otherwise);
  }

  private static long gid(String group, UserDatabase database) throws UnknownUserException {
    var number = UserSpec.number(group);
    if (number.isPresent()) {
      return number.getAsLong();
    }
    if (group.equals(ROOT)) {
      return database.group(group).map(GroupEntry::gid).orElse(0L);
    }
    return database
        .group(group)
        .map(GroupEntry::gid)
        .orElseThrow(() ->
            new UnknownUserException(
                "unable to find group " + group + ": no matching entries in group file"));
  }

  private static UnknownUserException unknownUser(String name) {
    return new UnknownUserException(
        "unable to find user " + name + ": no matching entries in passwd file");
  }
}
