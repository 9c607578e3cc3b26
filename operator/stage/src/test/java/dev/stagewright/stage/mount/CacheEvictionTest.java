package dev.stagewright.stage.mount;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stagewright.protocol.RunMount;
import dev.stagewright.protocol.RunMount.Sharing;
import dev.stagewright.stage.NeedsRoot;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The size limit of caches: which are evicted, and when. */
@NeedsRoot
class CacheEvictionTest {
  private static final int BLOCK = 4096;
  private static final Instant LONG_AGO = Instant.parse("2026-01-01T00:00:00Z");

  @TempDir Path folder;
  private final List<String> log = new ArrayList<>();

  private CacheDirectories limitedTo(long blocks) {
    return caches(OptionalLong.of(blocks * BLOCK));
  }

  private CacheDirectories caches(OptionalLong limit) {
    return new CacheDirectories(
        new CacheFolder(folder, "", limit), folder.resolve("own"), new NoSources(), log::add);
  }

  private static RunMount.Cache cache(String id) {
    return new RunMount.Cache(
        id, Optional.empty(), "/", "/c", false, Sharing.SHARED, Optional.empty());
  }

  /** Runs a command that writes this number of blocks to a new file of a cache. */
  private Path write(CacheDirectories caches, String id, int blocks) throws Exception {
    Path directory;
    try (var prepared = new PreparedMounts()) {
      prepared.hold(caches::evict);
      directory = caches.use(cache(id), prepared);
      Files.write(Files.createTempFile(directory, "file", ""), new byte[blocks * BLOCK]);
    }
    return directory;
  }

  private static void usedLongAgo(Path directory, int days) throws IOException {
    var use = directory.resolveSibling(directory.getFileName() + ".use");
    Files.setLastModifiedTime(use, FileTime.from(LONG_AGO.minusSeconds(days * 86_400L)));
  }

  @Test
  void cacheThatWasUsedLongestAgoIsEvicted() throws Exception {
    var caches = limitedTo(30);
    var older = write(caches, "older", 9);
    var oldest = write(caches, "oldest", 9);
    usedLongAgo(older, 1);
    usedLongAgo(oldest, 2);
    var latest = write(caches, "latest", 9);
    assertThat(log).isEmpty();
    write(caches, "latest", 1);
    assertThat(oldest).doesNotExist();
    assertThat(older).exists();
    assertThat(latest).exists();
    assertThat(log)
        .containsExactly(
            "evicted the cache \"oldest\" (0.00 GiB, last used 2025-12-30T00:00:00Z): the caches"
                + " exceed their limit of 0.00 GiB");
    assertThat(folder.resolve("evicted")).isEmptyDirectory();
  }

  @Test
  void severalCachesAreEvictedUntilTheRestIsBelowTheLimit() throws Exception {
    var unlimited = caches(OptionalLong.empty());
    for (var i = 0; i < 5; i++) {
      usedLongAgo(write(unlimited, "c" + i, 9), 5 - i);
    }
    limitedTo(20).evict();
    assertThat(log).extracting(CacheEvictionTest::quoted).containsExactly("c0", "c1", "c2");
  }

  @Test
  void usedCacheIsNotEvicted() throws Exception {
    var old = write(limitedTo(10), "old", 5);
    usedLongAgo(old, 1);
    try (var prepared = new PreparedMounts()) {
      var used = limitedTo(10).use(cache("old"), prepared);
      write(limitedTo(10), "new", 8);
      assertThat(used).isNotEmptyDirectory();
    }
    assertThat(log).singleElement().asString().startsWith("evicted the cache \"new\"");
  }

  @Test
  void cacheOfTheNextCommandIsNotEvicted() throws Exception {
    write(caches(OptionalLong.empty()), "big", 9);
    var caches = limitedTo(5);
    try (var prepared = new PreparedMounts()) {
      var used = caches.use(cache("big"), prepared);
      caches.evict();
      assertThat(used).isNotEmptyDirectory();
    }
    assertThat(log).isEmpty();
  }

  @Test
  void cacheAboveTheLimitIsEvictedAfterItsUse() throws Exception {
    assertThat(write(limitedTo(5), "big", 9)).doesNotExist();
    assertThat(write(limitedTo(5), "big", 3)).exists();
  }

  @Test
  void cacheOfAnEarlierReleaseIsMeasured() throws Exception {
    var earlier = write(caches(OptionalLong.empty()), "earlier", 9);
    Files.delete(earlier.resolveSibling("0.use"));
    Files.setLastModifiedTime(earlier, FileTime.from(LONG_AGO));
    write(limitedTo(10), "new", 5);
    assertThat(earlier).doesNotExist();
    assertThat(log)
        .singleElement()
        .asString()
        .contains(nameOfParent(earlier), "last used 2026-01-01T00:00:00Z");
  }

  @Test
  void filesOfAnInterruptedEvictionAreRemoved() throws Exception {
    var left = Files.createDirectories(folder.resolve("evicted/left/d"));
    Files.writeString(left.resolve("f"), "x");
    write(limitedTo(10), "c", 1);
    assertThat(folder.resolve("evicted")).isEmptyDirectory();
  }

  @Test
  void malformedRecordsOfUseAreMeasuredAgain() throws Exception {
    var directory = write(limitedTo(10), "c", 5);
    Files.writeString(directory.resolveSibling("0.use"), "{");
    Files.writeString(directory.resolveSibling("0.sizes"), "?");
    limitedTo(10).evict();
    assertThat(CacheUse.read(slot(directory)).orElseThrow().bytes()).contains(6L * BLOCK);
  }

  private CacheSlot slot(Path directory) {
    return new CacheSlot(folder, nameOfParent(directory), 0);
  }

  private static String nameOfParent(Path directory) {
    return directory.getName(directory.getNameCount() - 2).toString();
  }

  /** The first text in quotes. */
  private static String quoted(String line) {
    var start = line.indexOf('"') + 1;
    return line.substring(start, line.indexOf('"', start));
  }
}
