package dev.stagewright.worker.publish;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Collection;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Waits for files that other containers create on the workspace, by listing their directories: a
 * network file system reports no changes of other nodes, and may remember for a while that a file
 * is missing, but opening a directory makes it ask the server.
 *
 * <p>Change notifications of the node's kernel are not used either: their number is limited for all
 * Pods of the node together.
 *
 * @param pause waits between two looks
 */
record FileAwaiter(Pause pause) {
  private static final Duration SHORTEST_PAUSE = Duration.ofMillis(20);
  private static final Duration LONGEST_PAUSE = Duration.ofMillis(100);

  /** A file is noticed after at most this part of the time that it took. */
  private static final int PART = 100;

  /** Waits for some time. */
  @FunctionalInterface
  interface Pause {
    /**
     * Waits.
     *
     * @throws IOException if there is no point in waiting any longer
     */
    void run(Duration duration) throws IOException, InterruptedException;
  }

  /** Returns the files that exist, after at least one of them exists. */
  Set<Path> awaitAny(Collection<Path> files) throws IOException, InterruptedException {
    var waited = Duration.ZERO;
    while (true) {
      var existing = existing(files);
      if (!existing.isEmpty()) {
        return existing;
      }
      var next = pauseAfter(waited);
      pause.run(next);
      waited = waited.plus(next);
    }
  }

  private static Duration pauseAfter(Duration waited) {
    var part = waited.dividedBy(PART);
    if (part.compareTo(SHORTEST_PAUSE) < 0) {
      return SHORTEST_PAUSE;
    }
    return part.compareTo(LONGEST_PAUSE) < 0 ? part : LONGEST_PAUSE;
  }

  /** Returns the files that exist now. */
  static Set<Path> existing(Collection<Path> files) {
    return files.stream().collect(Collectors.groupingBy(FileAwaiter::directory)).entrySet().stream()
        .flatMap(group -> {
          var names = names(group.getKey());
          return group.getValue().stream()
              .filter(file -> names.contains(String.valueOf(file.getFileName())));
        })
        .collect(Collectors.toSet());
  }

  private static Path directory(Path file) {
    return Optional.ofNullable(file.getParent()).orElseThrow();
  }

  /** A directory that is missing, or cannot be read at the moment, has no files yet. */
  private static Set<String> names(Path directory) {
    var names = directory.toFile().list();
    return names == null ? Set.of() : Set.of(names);
  }
}
