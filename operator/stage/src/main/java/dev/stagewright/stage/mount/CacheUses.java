package dev.stagewright.stage.mount;

import dev.stagewright.stage.linux.RootFileSystem;
import java.io.IOException;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Records when caches are used and, if their size is limited, how large they are. A record that
 * cannot be written does not fail the command.
 */
final class CacheUses {
  private final CacheFolder folder;
  private final Consumer<String> log;

  CacheUses(CacheFolder folder, Consumer<String> log) {
    this.folder = folder;
    this.log = log;
  }

  /** Records that a command begins to use a cache. */
  void begin(CacheSlot slot, String id) {
    record(
        id,
        () -> {
          var size = CacheUse.read(slot).flatMap(CacheUse::bytes);
          var _ = new CacheUse(id, size).write(slot);
        });
  }

  /** Records that a command has used a cache, which no eviction can remove at the moment. */
  void end(CacheSlot slot, String id, RootFileSystem files) {
    record(
        id,
        () -> {
          var now = new CacheUse(id, CacheUse.read(slot).flatMap(CacheUse::bytes)).write(slot);
          if (folder.sizeLimit().isPresent()) {
            var size = new CacheSizes(files).measure(slot, now);
            new CacheUse(id, Optional.of(size)).write(slot, now);
          }
        });
  }

  private void record(String id, Recording recording) {
    try {
      recording.run();
    } catch (IOException e) {
      log.accept("the use of the cache \"" + id + "\" cannot be recorded: " + e.getMessage());
    }
  }

  @FunctionalInterface
  private interface Recording {
    void run() throws IOException;
  }
}
