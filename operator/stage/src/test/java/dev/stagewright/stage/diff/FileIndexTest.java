package dev.stagewright.stage.diff;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The packed index of files. */
class FileIndexTest {
  @Test
  void namesFingerprintsAndChildrenAreKept() throws IOException {
    var index = FileIndex.create(Optional.empty());
    var root = index.add("", 0);
    var directory = index.add("caf\u00e9", 1);
    var file = index.add("x", 2);
    index.close(file);
    index.close(directory);
    var last = index.add("y", 3);
    index.close(last);
    index.close(root);

    assertThat(index.name(directory)).isEqualTo("caf\u00e9");
    assertThat(index.name(last)).isEqualTo("y");
    assertThat(index.fingerprint(file)).isEqualTo(2);
    assertThat(index.end(directory)).isEqualTo(last);
    assertThat(index.end(root)).isEqualTo(index.size());
  }

  @Test
  void namesAreComparedByBytes() throws IOException {
    var index = FileIndex.create(Optional.empty());
    var name = index.add("b\u00e9", 0);
    assertThat(index.compareName(name, "b\u00e9")).isZero();
    assertThat(index.compareName(name, "bz")).isPositive();
    assertThat(index.compareName(name, "b\u00ff")).isNegative();
    assertThat(index.compareName(name, "b")).isPositive();
  }

  @Test
  void largeIndexTakesLittleHeap(@TempDir Path folder) throws IOException {
    var before = used();
    var index = FileIndex.create(Optional.of(folder));
    for (var i = 0; i < 500_000; i++) {
      var file = index.add("a-file-name-" + i, i * 3L);
      index.contentFingerprint(file, i * 5L);
      index.close(file);
    }

    assertThat(used() - before).isLessThan(4_000_000);
    assertThat(folder).isEmptyDirectory();
    for (var i = 0; i < 500_000; i += 4_999) {
      assertThat(index.name(i)).isEqualTo("a-file-name-" + i);
      assertThat(index.compareName(i, "a-file-name-" + i)).isZero();
      assertThat(index.fingerprint(i)).isEqualTo(i * 3L);
      assertThat(index.contentFingerprint(i)).isEqualTo(i * 5L);
      assertThat(index.end(i)).isEqualTo(i + 1);
    }
  }

  @Test
  void indexWithoutDirectoryIsOnTheHeap() throws IOException {
    var index = FileIndex.create(Optional.empty());
    for (var i = 0; i < 100_000; i++) {
      index.close(index.add("a-file-name-" + i, i));
    }

    assertThat(index.name(99_999)).isEqualTo("a-file-name-99999");
    assertThat(index.fingerprint(99_999)).isEqualTo(99_999);
    assertThat(index.contentFingerprint(99_999)).isEqualTo(ContentFingerprint.BASE);
  }

  private static long used() {
    System.gc();
    return Runtime.getRuntime().totalMemory() - Runtime.getRuntime().freeMemory();
  }
}
