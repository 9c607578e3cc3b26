package dev.stagewright.stage.mount;

import dev.stagewright.layers.tar.RawName;
import dev.stagewright.protocol.FailureReason;
import dev.stagewright.protocol.RunMount;
import dev.stagewright.protocol.RunMount.Sharing;
import dev.stagewright.stage.copy.CopyException;
import dev.stagewright.stage.copy.CopySources;
import dev.stagewright.stage.copy.SourceExtraction;
import dev.stagewright.stage.files.Directories;
import dev.stagewright.stage.files.FileCreator;
import dev.stagewright.stage.linux.FileStatus;
import dev.stagewright.stage.linux.RootFileSystem;
import dev.stagewright.stage.path.LinkResolver;
import dev.stagewright.stage.path.RootedPath;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * The persistent directories of cache mounts. A cache is a directory named by the SHA-256 of its
 * {@link CacheIdentity}. It contains the directories {@code 0}, {@code 1}, …, each with a lock file
 * next to it; all except {@code 0} are for private mounts while others are in use.
 */
final class CacheDirectories {
  private static final RunMount.CacheAttributes USUAL =
      new RunMount.CacheAttributes(Directories.DEFAULT_MODE, 0, 0);

  private final Path folder;
  private final SourceExtraction extraction;
  private final Consumer<String> log;
  private final Map<String, String> inUse = new HashMap<>();
  private Optional<RootFileSystem> opened = Optional.empty();

  CacheDirectories(Path folder, CopySources sources, Consumer<String> log) {
    this.folder = folder;
    this.extraction = new SourceExtraction(sources);
    this.log = log;
  }

  /** Prepares the mount of a cache, which is locked until the prepared mounts are closed. */
  Path use(RunMount.Cache cache, PreparedMounts prepared) throws IOException, MountException {
    var hash = CacheIdentity.of(cache, extraction.sources()).folder();
    // A command that mounts a cache twice must not wait for itself.
    var known = inUse.get(hash);
    if (known == null) {
      Files.createDirectories(folder.resolve(hash));
      known = hash + "/" + lock(cache, hash, prepared);
      inUse.put(hash, known);
      prepared.hold(() -> inUse.remove(hash));
    }
    return folder.resolve(
        RawName.text(CacheIdentity.isSeedOf(cache) ? known : below(cache, known)));
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

  private int lock(RunMount.Cache cache, String hash, PreparedMounts prepared)
      throws IOException, MountException {
    var many = cache.sharing() == Sharing.PRIVATE;
    for (var number = 0; ; number++) {
      var lock = CacheLock.open(folder.resolve(hash).resolve(number + ".lock"));
      prepared.hold(lock);
      if (many && !lock.tryExclusive()) {
        lock.close();
        continue;
      }
      try (var _ = lock.creation()) {
        makeIfMissing(cache, hash + "/" + number);
      }
      if (!many) {
        lock.await(cache.sharing() == Sharing.SHARED, () -> waiting(cache));
      }
      return number;
    }
  }

  private void waiting(RunMount.Cache cache) {
    log.accept(
        "waiting for the cache \"" + cache.id() + "\", which is in use by another instruction");
  }

  /** Creates the directory atomically: it is filled under another name. */
  private void makeIfMissing(RunMount.Cache cache, String name) throws IOException, MountException {
    var files = files();
    if (files.status(name).map(FileStatus::isDirectory).orElse(false)) {
      return;
    }
    var arriving = name + ".new";
    new FileCreator(files).remove(arriving);
    if (CacheIdentity.isSeedOf(cache)) {
      seed(cache, arriving);
    } else {
      files.makeDirectory(arriving);
      var attributes = cache.attributes().orElse(USUAL);
      files.setOwner(arriving, attributes.uid(), attributes.gid());
      files.setMode(arriving, attributes.mode());
    }
    files.rename(arriving, name);
  }

  private void seed(RunMount.Cache cache, String into) throws IOException, MountException {
    try {
      extraction.extract(cache.seed().orElseThrow(), cache.path(), files(), into);
    } catch (CopyException e) {
      throw new MountException(FailureReason.RunFailed, "--mount=type=cache: " + e.getMessage());
    }
    if (!files().status(into).map(FileStatus::isDirectory).orElse(false)) {
      throw new MountException(
          FailureReason.RunFailed,
          "--mount=type=cache: \""
              + cache.path()
              + "\" is not a directory, so it cannot be the initial content of a cache");
    }
  }

  private RootFileSystem files() throws IOException {
    if (opened.isEmpty()) {
      opened = Optional.of(RootFileSystem.open(folder));
    }
    return opened.get();
  }
}
