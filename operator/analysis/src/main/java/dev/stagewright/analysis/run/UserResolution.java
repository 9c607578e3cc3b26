package dev.stagewright.analysis.run;

import dev.stagewright.analysis.finding.Place;
import dev.stagewright.analysis.image.ImageFile;
import dev.stagewright.analysis.image.ImageFiles;
import dev.stagewright.analysis.image.Resolution;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/**
 * Resolves USER as kubelet and containerd do: a name with {@code /etc/passwd} of the image, a
 * number also without it. kubelet passes on only the part before the colon, so the group is always
 * the one of {@code /etc/passwd}, or 0.
 */
final class UserResolution {
  private final ImageFiles files;

  UserResolution(ImageFiles files) {
    this.files = files;
  }

  /** Who the process is, or why there is none. */
  sealed interface Result {
    /** The user exists, or is a number. */
    record Resolved(Identity identity) implements Result {}

    /** The container cannot be created, or the image does not say. */
    record Unresolved(Verdict verdict) implements Result {}
  }

  Result resolve(String user) {
    var name = user.split(":", -1)[0];
    if (name.isEmpty()) {
      return new Result.Resolved(identity(new Account("root", 0, 0)));
    }
    return number(name).map(uid -> byNumber(name, uid)).orElseGet(() -> byName(name));
  }

  private Result byNumber(String text, long uid) {
    if (uid < 0 || uid > Integer.MAX_VALUE) {
      return unresolved(text, "invalid USER value \"%s\": uid out of range".formatted(text));
    }
    var account = account(it -> it.uid() == uid).orElse(new Account("", uid, 0));
    return new Result.Resolved(identity(account));
  }

  private Result byName(String name) {
    var passwd = file("etc/passwd");
    if (passwd.isEmpty()) {
      var missing = file("etc").isEmpty() ? "etc" : "etc/passwd";
      return unresolved(
          name,
          "failed to create containerd container: lstat %s: file does not exist"
              .formatted(missing));
    }
    if (passwd.get().facts().text().isEmpty() && passwd.get().file().size() > 0) {
      return new Result.Unresolved(
          RunRule.unknown(
              Place.of(passwd.get()),
              "/etc/passwd is too large to look up the user " + name + "."));
    }
    return account(it -> it.name().equals(name))
        .<Result>map(account -> new Result.Resolved(identity(account)))
        .orElseGet(() -> unresolved(name, "failed to create containerd container: no users found"));
  }

  private static Result unresolved(String name, String error) {
    return new Result.Unresolved(
        RunRule.UNKNOWN_USER.fails(
            Place.CONFIG,
            "USER %s is not a user of /etc/passwd in the image.".formatted(name),
            Symptoms.createError(error),
            "Add the user before USER, for example with RUN useradd or RUN adduser, copy /etc/passwd"
                + " from another stage, or use a number: USER 65532."));
  }

  private Identity identity(Account account) {
    return new Identity(account.uid(), account.gid(), groups(account));
  }

  private Set<Long> groups(Account account) {
    return lines("etc/group").stream()
        .map(line -> line.split(":", -1))
        .filter(parts -> parts.length > 3 && !parts[0].equals(account.name()))
        .filter(parts -> Arrays.asList(parts[3].split(",")).contains(account.name()))
        .flatMap(parts -> number(parts[2]).stream())
        .collect(Collectors.toSet());
  }

  private Optional<Account> account(Predicate<Account> condition) {
    return lines("etc/passwd").stream()
        .flatMap(line -> Account.parse(line).stream())
        .filter(condition)
        .findFirst();
  }

  private List<String> lines(String path) {
    return file(path)
        .flatMap(it -> it.facts().text())
        .map(text -> text.lines().toList())
        .orElse(List.of());
  }

  private Optional<ImageFile> file(String path) {
    return files.resolve(path) instanceof Resolution.Found found
        ? Optional.of(found.file())
        : Optional.empty();
  }

  static Optional<Long> number(String text) {
    try {
      return Optional.of(Long.parseLong(text.strip()));
    } catch (NumberFormatException _) {
      return Optional.empty();
    }
  }

  /** A line of {@code /etc/passwd}. */
  private record Account(String name, long uid, long gid) {
    static Optional<Account> parse(String line) {
      var parts = line.split(":", -1);
      if (parts.length < 4) {
        return Optional.empty();
      }
      return number(parts[2]).map(uid -> new Account(parts[0], uid, number(parts[3]).orElse(0L)));
    }
  }
}
