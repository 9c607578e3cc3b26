package dev.stagewright.worker.source.git;

import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/** The meaning of a user's revision, given the refs of the server. */
sealed interface Revision {
  /** A full SHA-1 object name, the default of git servers, in either case. */
  Pattern COMMIT = Pattern.compile("[0-9a-fA-F]{40}");

  /** git requires at least four digits. */
  Pattern ABBREVIATED = Pattern.compile("[0-9a-fA-F]{4,39}");

  /** A ref of the server. */
  record Named(String ref) implements Revision {}

  /** A commit by its full ID. */
  record Commit(String id) implements Revision {}

  /** Possibly a commit by its abbreviated ID. */
  record Abbreviated(String prefix) implements Revision {}

  /** Neither a ref of the server nor a commit ID. */
  record Unknown() implements Revision {}

  /**
   * Parses a revision that can be requested without knowing the refs of the server.
   *
   * @param revision the revision of the user; empty for the server's HEAD
   * @return empty if the refs of the server are required, see {@link #among}
   */
  static Optional<Revision> ofForm(Optional<String> revision) {
    if (revision.isEmpty()) {
      return Optional.of(new Named("HEAD"));
    }
    return COMMIT.matcher(revision.get()).matches()
        ? Optional.of(new Commit(revision.get().toLowerCase(Locale.ROOT)))
        : Optional.empty();
  }

  /**
   * Looks up a revision among the refs of a server. Branches take precedence over tags, as in git
   * clone.
   */
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
