package dev.stagewright.worker.source;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class LfsPointersTest {
  private static final String POINTER =
      "version https://git-lfs.github.com/spec/v1\noid sha256:" + "0".repeat(64) + "\nsize 12345\n";

  @Test
  void countsPointersAndListsFirst() throws Exception {
    var files = new TreeMap<String, String>();
    for (var name : List.of("a", "b", "c", "d", "e")) {
      files.put("img/" + name + ".png", POINTER);
    }
    files.put("notes.md", "about " + POINTER);

    assertThat(look(files).finding().orElseThrow())
        .startsWith("5 files of the context are Git LFS pointers")
        .contains(": img/a.png, img/b.png, img/c.png, …; ", "git lfs pull");
  }

  @Test
  void reportsSinglePointer() throws Exception {
    assertThat(look(Map.of("a.bin", POINTER)).finding().orElseThrow())
        .startsWith("1 file of the context is a Git LFS pointer")
        .contains(": a.bin; ");
  }

  @Test
  void ignoresOtherFiles() throws Exception {
    assertThat(look(Map.of("a", "", "b", "version 1", "c", POINTER + "x".repeat(1024))).finding())
        .isEmpty();
  }

  private static LfsPointers look(Map<String, String> files) throws Exception {
    var pointers = new LfsPointers();
    new InlineTree(files).walk(pointers::check);
    return pointers;
  }
}
