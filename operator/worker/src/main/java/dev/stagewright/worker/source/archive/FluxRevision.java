package dev.stagewright.worker.source.archive;

import java.util.Optional;
import java.util.regex.Pattern;

/**
 * A revision of a Flux artifact: {@code main@sha1:<commit>}, {@code v1.2@sha1:<commit>}, {@code
 * sha1:<commit>}, {@code latest@sha256:<digest>} or {@code sha256:<digest>}.
 *
 * @param text the revision
 */
record FluxRevision(String text) {
  private static final Pattern COMMIT = Pattern.compile("(?:(.*)@)?sha1:([0-9a-f]{40})");
  private static final String HEADS = "refs/heads/";

  /** The commit; empty if the artifact was not made from git. */
  Optional<String> commit() {
    var match = COMMIT.matcher(text);
    return match.matches() ? Optional.of(match.group(2)) : Optional.empty();
  }

  /** The branch; a tag looks the same. Empty if the artifact was not made from git. */
  Optional<String> branch() {
    var match = COMMIT.matcher(text);
    return match.matches()
        ? Optional.ofNullable(match.group(1))
            .map(name -> name.startsWith(HEADS) ? name.substring(HEADS.length()) : name)
            .filter(name -> !name.isEmpty() && !name.startsWith("refs/"))
        : Optional.empty();
  }
}
