package dev.stagewright.stage.mount;

import dev.stagewright.layers.tar.RawName;
import dev.stagewright.protocol.FailureReason;
import dev.stagewright.protocol.RunMount;
import dev.stagewright.protocol.RunMount.Sharing;
import dev.stagewright.stage.copy.CopySources;
import dev.stagewright.stage.copy.SourceExtraction;
import dev.stagewright.stage.linux.RootFileSystem;
import dev.stagewright.stage.path.LinkResolver;
import dev.stagewright.stage.path.RootedPath;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/**
 * The persistent directories of cache mounts. A cache is a directory named by the SHA-256 of its
 * {@link CacheIdentity}. It contains a {@link CacheSlot} for each number: the directories {@code
 * 0}, {@code 1}, …, with files next to them; all except {@code 0} are for private mounts while
 * others are in use.
 *
 * <p>On a file system without locks, shared caches are used without a lock, all others are used
 * only by this Pod, and nothing is evicted.
 */
final class CacheDirectories {
  private final CacheFolder folder;
  private final Path ownFolder;
  private final SourceExtraction extraction;
  private final Consumer<String> log;
  private final FileLocking locking;
  private final CacheUses uses;
  private final Map<String, CacheSlot> inUse = new HashMap<>();
  private Optional<RootFileSystem> opened = Optional.empty();
  private Optional<CacheDirectories> ownCaches = Optional.empty();
  private boolean lacksLocks;

  /**
   * Caches of a stage.
   *
   * @param ownFolder directory of the Pod, for caches that cannot be shared
   */
  CacheDirectories(CacheFolder folder, Path ownFolder, CopySources sources, Consumer<String> log) {
    this(folder, ownFolder, sources, log, FileLocking.OF_SYSTEM);
  }

  CacheDirectories(
      CacheFolder folder,
      Path ownFolder,
      CopySources sources,
      Consumer<String> log,
      FileLocking locking) {
    this.folder = folder;
    this.ownFolder = ownFolder;
    this.extraction = new SourceExtraction(sources);
    this.log = log;
    this.locking = locking;
    this.uses = new CacheUses(folder, log);
  }

  /** Prepares the mount of a cache, which is locked until the prepared mounts are closed. */
  Path use(RunMount.Cache cache, PreparedMounts prepared) throws IOException, MountException {
    var hash = CacheIdentity.of(cache, folder.scope(), extraction.sources()).folder();
    // A command that mounts a cache twice must not wait for itself.
    var known = inUse.get(hash);
    if (known == null) {
      Files.createDirectories(folder.path().resolve(hash));
      try {
        known = lock(cache, hash, prepared);
      } catch (LocksUnsupportedException e) {
        if (cache.sharing() != Sharing.SHARED) {
          return useAlone(cache, prepared, e);
        }
        known = useWithoutLock(cache, hash, e);
      }
      hold(known, cache.id(), prepared);
    }
    return folder
        .path()
        .resolve(
            RawName.text(
                CacheIdentity.isSeedOf(cache) ? known.name() : below(cache, known.name())));
  }

  private void hold(CacheSlot slot, String id, PreparedMounts prepared) throws IOException {
    var files = files();
    inUse.put(slot.hash(), slot);
    prepared.hold(() -> inUse.remove(slot.hash()));
    uses.begin(slot, id);
    prepared.hold(() -> uses.end(slot, id, files));
  }

  /** Evicts caches if the size of all is above the limit. Those in use are kept. */
  void evict() {
    if (lacksLocks || folder.sizeLimit().isEmpty() || !Files.isDirectory(folder.path())) {
      return;
    }
    var used = inUse.values().stream().map(CacheSlot::name).collect(Collectors.toSet());
    try {
      new CacheEviction(folder, files(), locking, log).run(used);
    } catch (IOException e) {
      log.accept("caches above the size limit cannot be evicted: " + e.getMessage());
    }
  }

  private CacheSlot lock(RunMount.Cache cache, String hash, PreparedMounts prepared)
      throws IOException, MountException {
    var many = cache.sharing() == Sharing.PRIVATE;
    for (var number = 0; ; number++) {
      var slot = new CacheSlot(folder.path(), hash, number);
      var lock = CacheLock.open(slot.lockFile(), locking);
      prepared.hold(lock);
      if (many && !lock.tryExclusive()) {
        lock.close();
        continue;
      }
      lock(cache, slot, lock);
      return slot;
    }
  }

  /** The directory may be evicted after it has been created and before its lock is available. */
  private void lock(RunMount.Cache cache, CacheSlot slot, CacheLock lock)
      throws IOException, MountException {
    while (true) {
      try (var _ = lock.creation()) {
        creation().createIfMissing(cache, slot, ".new");
      }
      if (cache.sharing() == Sharing.PRIVATE) {
        return; // It is locked already.
      }
      var use = lock.await(cache.sharing() == Sharing.SHARED, () -> waiting(cache));
      if (creation().exists(slot)) {
        return;
      }
      use.release();
    }
  }

  private void waiting(RunMount.Cache cache) {
    log.accept(
        "waiting for the cache \"" + cache.id() + "\", which is in use by another instruction");
  }

  private CacheSlot useWithoutLock(
      RunMount.Cache cache, String hash, LocksUnsupportedException problem)
      throws IOException, MountException {
    if (!lacksLocks) {
      lacksLocks = true;
      log.accept(
          "cache mounts: "
              + problem.getMessage()
              + "; caches are used without locks and not evicted");
    }
    var slot = new CacheSlot(folder.path(), hash, 0);
    creation().createIfMissing(cache, slot, ".new." + UUID.randomUUID());
    return slot;
  }

  private Path useAlone(
      RunMount.Cache cache, PreparedMounts prepared, LocksUnsupportedException problem)
      throws IOException, MountException {
    log.accept(
        "cache mounts: "
            + problem.getMessage()
            + "; the cache \""
            + cache.id()
            + "\", which is not shared, lasts only for this stage");
    if (ownCaches.isEmpty()) {
      ownCaches =
          Optional.of(
              new CacheDirectories(
                  CacheFolder.unlimited(ownFolder), ownFolder, extraction.sources(), log));
    }
    return ownCaches.get().use(cache, prepared);
  }

  /** A path in a cache without a seed: a directory that a command may have created. */
  private String below(RunMount.Cache cache, String directory) throws IOException, MountException {
    var links = new LinkResolver(path -> files().readLink(RootedPath.join(directory, path)));
    var path = links.resolve(RootedPath.clean(RawName.of(cache.path())));
    var found = RootedPath.join(directory, path);
    if (files().status(found).isEmpty()) {
      throw new MountException(
          FailureReason.RunFailed,
          "--mount=type=cache: the cache \"" + cache.id() + "\" does not contain " + cache.path());
    }
    return found;
  }

  private CacheCreation creation() throws IOException {
    return new CacheCreation(files(), extraction);
  }

  private RootFileSystem files() throws IOException {
    if (opened.isEmpty()) {
      opened = Optional.of(RootFileSystem.open(folder.path()));
    }
    return opened.get();
  }
}
