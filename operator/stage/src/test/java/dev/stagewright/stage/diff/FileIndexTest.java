package dev.stagewright.stage.diff;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** The packed index of files. */
class FileIndexTest {
  @Test
  void keepsNamesFingerprintsAndWhatIsBelow() {
    var index = FileIndex.create();
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
  void namesCompareByTheirBytes() {
    var index = FileIndex.create();
    var name = index.add("b\u00e9", 0);
    assertThat(index.compareName(name, "b\u00e9")).isZero();
    assertThat(index.compareName(name, "bz")).isPositive();
    assertThat(index.compareName(name, "b\u00ff")).isNegative();
    assertThat(index.compareName(name, "b")).isPositive();
  }

  @Test
  void halfAMillionFilesTakeLessThanTwentyFiveMegabytes() {
    var before = used();
    var index = FileIndex.create();
    for (var i = 0; i < 500_000; i++) {
      index.close(index.add("a-file-name-" + i, i));
    }
    assertThat(used() - before).isLessThan(25_000_000);
    assertThat(index.name(499_999)).isEqualTo("a-file-name-499999");
  }

  private static long used() {
    System.gc();
    return Runtime.getRuntime().totalMemory() - Runtime.getRuntime().freeMemory();
  }
}
