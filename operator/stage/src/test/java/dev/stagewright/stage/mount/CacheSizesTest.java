package dev.stagewright.stage.mount;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stagewright.stage.NeedsRoot;
import dev.stagewright.stage.linux.RootFileSystem;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The size of the directory of a cache, and what is measured again. */
@NeedsRoot
class CacheSizesTest {
  private static final long BLOCK = 4096;
  private static final Instant NOW = Instant.parse("2026-05-01T00:00:00Z");

  @TempDir Path folder;
  private Path cache;

  @BeforeEach
  void create() throws IOException {
    cache = Files.createDirectories(folder.resolve("c/0"));
    file("a", 1);
    file("d/e/b", 5000);
    settle();
  }

  private void file(String name, int size) throws IOException {
    var file = cache.resolve(name);
    Files.createDirectories(file.getParent());
    Files.write(file, new byte[size]);
  }

  /** Gives all directories a time that is earlier than the measurements. */
  private void settle() throws IOException {
    for (var directory : new String[] {"", "d", "d/e"}) {
      Files.setLastModifiedTime(
          cache.resolve(directory), FileTime.from(NOW.minus(Duration.ofHours(1))));
    }
  }

  private long blocks(Duration later) throws IOException {
    try (var files = RootFileSystem.open(folder)) {
      var time = FileTime.from(NOW.plus(later));
      return new CacheSizes(files).measure(new CacheSlot(folder, "c", 0), time) / BLOCK;
    }
  }

  private long blocks() throws IOException {
    return blocks(Duration.ZERO);
  }

  @Test
  void directoriesAndFilesCountInBlocks() throws IOException {
    assertThat(blocks()).isEqualTo(3 + 1 + 2);
    assertThat(blocks()).isEqualTo(3 + 1 + 2);
  }

  @Test
  void linksOfAFileCountOnce() throws IOException {
    file("big", 10 * 4096);
    Files.createLink(cache.resolve("link"), cache.resolve("big"));
    assertThat(blocks()).isEqualTo(6 + 10);
  }

  @Test
  void newAndRemovedFilesAreNoticed() throws IOException {
    assertThat(blocks()).isEqualTo(6);
    file("d/e/new", 4096);
    assertThat(blocks()).isEqualTo(7);
    Files.delete(cache.resolve("d/e/b"));
    Files.delete(cache.resolve("d/e/new"));
    Files.delete(cache.resolve("d/e"));
    assertThat(blocks()).isEqualTo(3);
  }

  @Test
  void filesOfUnchangedDirectoriesAreNotVisited() throws IOException {
    assertThat(blocks()).isEqualTo(6);
    file("d/e/b", 20 * 4096); // The file is extended in place.
    assertThat(blocks(Duration.ofHours(23))).isEqualTo(6);
    assertThat(blocks(Duration.ofHours(25))).isEqualTo(24);
    assertThat(blocks(Duration.ofHours(26))).isEqualTo(24);
  }

  @Test
  void directoryThatHasJustChangedIsVisitedAgain() throws IOException {
    Files.setLastModifiedTime(cache.resolve("d/e"), FileTime.from(NOW.minusSeconds(1)));
    assertThat(blocks()).isEqualTo(6);
    file("d/e/b", 20 * 4096);
    assertThat(blocks()).isEqualTo(24);
  }

  @Test
  void cacheThatWasRemovedIsEmpty() throws IOException {
    try (var files = RootFileSystem.open(folder)) {
      var none = new CacheSlot(folder, "c", 7);
      assertThat(new CacheSizes(files).measure(none, FileTime.from(NOW))).isZero();
    }
  }
}
