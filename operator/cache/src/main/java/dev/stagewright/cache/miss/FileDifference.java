package dev.stagewright.cache.miss;

import dev.stagewright.cache.key.SelectedFiles;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;

/** Finds the files that differ between two builds. */
final class FileDifference {
  private static final String UNNAMED = "the files that it reads changed";

  private FileDifference() {}

  /** A clause for each file; one clause if only digests are known; none if the files are equal. */
  static List<String> of(Optional<SelectedFiles> before, Optional<SelectedFiles> now) {
    var same = before.map(SelectedFiles::digest).equals(now.map(SelectedFiles::digest));
    if (same) {
      return List.of();
    }
    var changes = new ArrayList<String>();
    if (isListed(before) && isListed(now)) {
      compare(before.get(), now.get(), changes);
    }
    // Files in another place have the same digests.
    return changes.isEmpty() ? List.of(UNNAMED) : changes;
  }

  private static boolean isListed(Optional<SelectedFiles> files) {
    return files.filter(selected -> !selected.files().isEmpty()).isPresent();
  }

  private static void compare(SelectedFiles before, SelectedFiles now, List<String> changes) {
    var paths = new TreeSet<String>(before.files().keySet());
    paths.addAll(now.files().keySet());
    for (var path : paths) {
      var old = Optional.ofNullable(before.files().get(path));
      var current = Optional.ofNullable(now.files().get(path));
      if (!old.equals(current)) {
        var what = old.isEmpty() ? " added" : current.isEmpty() ? " removed" : " changed";
        changes.add(Phrase.path(path) + what);
      }
    }
  }
}
