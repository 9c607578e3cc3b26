package dev.stagewright.stage;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PeakMemoryTest {
  @TempDir private Path folder;

  @Test
  void firstExistingFileIsRead() throws IOException {
    var missing = folder.resolve("memory.peak");
    var present = folder.resolve("memory.max_usage_in_bytes");
    Files.writeString(present, "5368709120\n");

    assertThat(new PeakMemory(List.of(missing, present)).read()).contains(5_368_709_120L);
  }

  @Test
  void missingFileGivesNoValue() {
    assertThat(new PeakMemory(List.of(folder.resolve("memory.peak"))).read()).isEmpty();
  }

  @Test
  void otherContentGivesNoValue() throws IOException {
    var file = Files.writeString(folder.resolve("memory.peak"), "max\n");

    assertThat(new PeakMemory(List.of(file)).read()).isEmpty();
  }
}
