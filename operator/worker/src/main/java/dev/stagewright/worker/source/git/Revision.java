package dev.stagewright.worker.source.git;

import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/** What a user's revision stands for, given the names that the server has. */
sealed interface Revision {
  /** A full object name of SHA-1, the one kind that git servers have by default, in either case. */
  Pattern COMMIT = Pattern.compile("[0-9a-fA-F]{40}");

  /** git itself takes no fewer than four digits. */
  Pattern ABBREVIATED = Pattern.compile("[0-9a-fA-F]{4,39}");

  /** The server has it under this name. */
  record Named(String ref) implements Revision {}

  /** A commit by its full id. */
  record Commit(String id) implements Revision {}

  /** Perhaps a commit, by the first digits of its id. */
  record Abbreviated(String prefix) implements Revision {}

  /** Neither a name that the server has nor the form of a commit's id. */
  record Unknown() implements Revision {}

  /**
   * Reads a revision whose form alone tells what to ask the server for.
   *
   * @param revision as the user has it; empty for the server's HEAD
   * @return empty where the server's names are needed, see {@link #among}
   */
  static Optional<Revision> ofForm(Optional<String> revision) {
    if (revision.isEmpty()) {
      return Optional.of(new Named("HEAD"));
    }
    return COMMIT.matcher(revision.get()).matches()
        ? Optional.of(new Commit(revision.get().toLowerCase(Locale.ROOT)))
        : Optional.empty();
  }

  /** Looks a revision up among the names of a server: a branch goes before a tag, as in clone. */
  static Revision among(Set<String> refs, String revision) {
    for (var prefix : new String[] {"refs/heads/", "refs/tags/", ""}) {
      if (refs.contains(prefix + revision)) {
        return new Named(prefix + revision);
      }
    }
    return ABBREVIATED.matcher(revision).matches()
        ? new Abbreviated(revision.toLowerCase(Locale.ROOT))
        : new Unknown();
  }
}
