package dev.stagewright.worker.source.git.lfs;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class LfsPointerTest {
  private static final String OID =
      "4d7a214614ab2935c943f9e0ff69d22eadbb8f32b1258daaa5e2ca24d17e2393";
  private static final String POINTER =
      "version https://git-lfs.github.com/spec/v1\noid sha256:" + OID + "\nsize 12345\n";

  @Test
  void readsIdAndSize() {
    assertThat(LfsPointer.parse(POINTER.getBytes(StandardCharsets.UTF_8)))
        .contains(new LfsPointer(OID, 12345));
  }

  @Test
  void ignoresOtherFiles() {
    for (var text :
        new String[] {
          "",
          "hello",
          POINTER.replace("sha256", "md5"),
          POINTER.replace("size 12345", "size x"),
          POINTER.substring(1),
          POINTER + "x".repeat(1024)
        }) {
      assertThat(LfsPointer.parse(text.getBytes(StandardCharsets.UTF_8))).as(text).isEmpty();
    }
  }
}
