package dev.stagewright.stage.mount;

import dev.stagewright.stage.files.FileCreator;
import dev.stagewright.stage.linux.RootFileSystem;
import dev.stagewright.stage.path.RootedPath;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * Evicts the caches that were used longest ago until the size of all caches is at most the limit.
 *
 * <p>An evicted directory is moved in one step, and its files are removed afterwards: a process
 * that ends in between leaves no incomplete cache, and the next eviction removes its files.
 */
final class CacheEviction {
  private static final String EVICTED = "evicted";
  private static final String HASH = "[0-9a-f]{64}";
  private static final String NUMBER = "[0-9]{1,9}";
  private static final double GIB = 1L << 30;

  private final CacheFolder folder;
  private final RootFileSystem files;
  private final FileLocking locking;
  private final Consumer<String> log;

  CacheEviction(
      CacheFolder folder, RootFileSystem files, FileLocking locking, Consumer<String> log) {
    this.folder = folder;
    this.files = files;
    this.locking = locking;
    this.log = log;
  }

  /** A cache that may be evicted. */
  private record Candidate(CacheSlot slot, CacheUse use, FileTime lastUse) {
    long bytes() {
      return use.bytes().orElse(0L);
    }
  }

  /**
   * Evicts caches.
   *
   * @param inUse names of slots that this process uses
   */
  void run(Set<String> inUse) throws IOException {
    var limit = folder.sizeLimit();
    if (limit.isEmpty()) {
      return;
    }
    var candidates = candidates();
    var total = candidates.stream().mapToLong(Candidate::bytes).sum();
    for (var candidate : candidates) {
      if (total <= limit.getAsLong()) {
        break;
      }
      if (!inUse.contains(candidate.slot().name()) && evict(candidate)) {
        total -= candidate.bytes();
        log.accept(message(candidate, limit.getAsLong()));
      }
    }
    removeEvicted();
  }

  private static String message(Candidate evicted, long limit) {
    return String.format(
        Locale.ROOT,
        "evicted the cache \"%s\" (%.2f GiB, last used %s): the caches exceed their limit of %.2f GiB",
        evicted.use().id(),
        evicted.bytes() / GIB,
        evicted.lastUse(),
        limit / GIB);
  }

  /** All caches, those that were used longest ago first. */
  private List<Candidate> candidates() throws IOException {
    var found = new ArrayList<Candidate>();
    for (var hash : files.list("")) {
      if (hash.matches(HASH)) {
        for (var name : files.list(hash)) {
          if (name.matches(NUMBER)) {
            candidate(new CacheSlot(folder.path(), hash, Integer.parseInt(name)))
                .ifPresent(found::add);
          }
        }
      }
    }
    found.sort(Comparator.comparing(Candidate::lastUse));
    return found;
  }

  /** Empty if another process has just evicted the cache. */
  private Optional<Candidate> candidate(CacheSlot slot) throws IOException {
    var directory = files.status(slot.name());
    if (directory.isEmpty()) {
      return Optional.empty();
    }
    var use = CacheUse.read(slot);
    if (use.isPresent() && use.get().bytes().isPresent()) {
      return lastUse(slot).map(time -> new Candidate(slot, use.get(), time));
    }
    // Used without a limit, or by an earlier release.
    var time =
        lastUse(slot)
            .orElseGet(() -> FileTime.from(directory.get().mtimeSeconds(), TimeUnit.SECONDS));
    var id = use.map(CacheUse::id).orElse(slot.hash());
    var measured = new CacheUse(id, Optional.of(new CacheSizes(files).measure(slot, time)));
    measured.write(slot, time);
    return Optional.of(new Candidate(slot, measured, time));
  }

  private static Optional<FileTime> lastUse(CacheSlot slot) throws IOException {
    return Files.exists(slot.useFile())
        ? Optional.of(Files.getLastModifiedTime(slot.useFile()))
        : Optional.empty();
  }

  /** Returns whether the cache was evicted: it is kept if it is in use, or was used just now. */
  private boolean evict(Candidate candidate) throws IOException {
    var slot = candidate.slot();
    try (var lock = CacheLock.open(slot.lockFile(), locking)) {
      if (!lock.tryEviction()
          || !lastUse(slot).filter(candidate.lastUse()::equals).isPresent()
          || files.status(slot.name()).isEmpty()) {
        return false;
      }
      Files.createDirectories(folder.path().resolve(EVICTED));
      files.rename(slot.name(), EVICTED + "/" + UUID.randomUUID());
      Files.deleteIfExists(slot.useFile());
      Files.deleteIfExists(slot.sizesFile());
      return true;
    }
  }

  /** Removes the files of evicted caches, unless another process is doing so. */
  private void removeEvicted() throws IOException {
    var names = files.list(EVICTED);
    if (names.length == 0) {
      return;
    }
    try (var lock = CacheLock.open(folder.path().resolve(EVICTED + ".lock"), locking)) {
      if (lock.tryExclusive()) {
        for (var name : names) {
          remove(RootedPath.join(EVICTED, name));
        }
      }
    }
  }

  private void remove(String path) {
    try {
      new FileCreator(files).remove(path);
    } catch (IOException e) {
      log.accept("the files of an evicted cache cannot be removed: " + e.getMessage());
    }
  }
}
