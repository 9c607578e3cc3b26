package dev.stagewright.stage.run;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class OutputTailTest {
  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final OutputTail tail = new OutputTail(out);

  private void write(String text) throws IOException {
    tail.write(text.getBytes(StandardCharsets.UTF_8));
  }

  @Test
  void outputIsForwarded() throws IOException {
    write("a".repeat(10_000));
    tail.write('b');

    assertThat(out.size()).isEqualTo(10_001);
    assertThat(tail.text()).hasSize(8192).endsWith("ab");
  }

  @Test
  void endOfManyChunksIsKept() throws IOException {
    for (var i = 0; i < 5000; i++) {
      write(i + "\n");
    }

    assertThat(tail.text()).endsWith("\n4998\n4999\n").doesNotContain("\n100\n");
  }
}
