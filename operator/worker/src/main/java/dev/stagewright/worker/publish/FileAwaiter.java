package dev.stagewright.worker.publish;

import dev.stagewright.registry.call.Sleeper;
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
 * @param sleeper waits between two looks
 */
record FileAwaiter(Sleeper sleeper) {
  private static final Duration FIRST_PAUSE = Duration.ofMillis(20);
  private static final Duration LONGEST_PAUSE = Duration.ofMillis(50);

  /** Returns the files that exist, after at least one of them exists. */
  Set<Path> awaitAny(Collection<Path> files) throws InterruptedException {
    var pause = FIRST_PAUSE;
    while (true) {
      var existing = existing(files);
      if (!existing.isEmpty()) {
        return existing;
      }
      sleeper.sleep(pause);
      pause = longer(pause);
    }
  }

  private static Duration longer(Duration pause) {
    var longer = pause.plus(pause.dividedBy(4));
    return longer.compareTo(LONGEST_PAUSE) < 0 ? longer : LONGEST_PAUSE;
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
