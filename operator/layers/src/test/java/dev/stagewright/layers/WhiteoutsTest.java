package dev.stagewright.layers;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stagewright.layers.tar.TarEntry;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class WhiteoutsTest {

  @ParameterizedTest
  @CsvSource({
    "a,       .wh.a",
    "a/b,     a/.wh.b",
    "a/.b,    a/.wh..b",
    "a/b/c d, a/b/.wh.c d",
  })
  void nameWhiteoutOfPath(String path, String name) {
    assertThat(Whiteouts.nameFor(path)).isEqualTo(name);
    assertThat(Whiteouts.parse(name)).contains(new Whiteout.Removed(path));
    assertThat(Whiteouts.entryFor(path)).isEqualTo(TarEntry.file(name, 0).withMode(0));
  }

  @ParameterizedTest
  @CsvSource({"'', .wh..wh..opq", "a/b, a/b/.wh..wh..opq"})
  void nameOpaqueWhiteout(String directory, String name) {
    assertThat(Whiteouts.opaqueNameFor(directory)).isEqualTo(name);
    assertThat(Whiteouts.parse(name)).contains(new Whiteout.Opaque(directory));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "a", ".wh", "a.wh.b", ".wh.dir/file"})
  void ignoreOrdinaryNames(String name) {
    assertThat(Whiteouts.parse(name)).isEmpty();
  }
}
