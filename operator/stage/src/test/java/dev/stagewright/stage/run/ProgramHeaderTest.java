package dev.stagewright.stage.run;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

/** The loader or interpreter of a program. */
class ProgramHeaderTest {
  @Test
  void scriptNeedsItsInterpreter() {
    var script = "#! /usr/bin/env python\nprint(1)\n".getBytes(StandardCharsets.UTF_8);
    assertThat(ProgramHeader.loader(script)).hasValue("/usr/bin/env");
    assertThat(ProgramHeader.isUnknown(script)).isFalse();
  }

  @Test
  void dynamicProgramNeedsItsLoader() throws IOException {
    var program = Files.readAllBytes(Path.of("/proc/self/exe"));
    assertThat(ProgramHeader.loader(Arrays.copyOf(program, ProgramHeader.LENGTH)))
        .hasValueSatisfying(loader -> assertThat(loader).startsWith("/lib").contains("ld-linux"));
  }

  @Test
  void textIsNotAProgram() {
    assertThat(ProgramHeader.isUnknown("echo hello\n".getBytes(StandardCharsets.UTF_8))).isTrue();
    assertThat(ProgramHeader.isUnknown(new byte[0])).isTrue();
  }

  @Test
  void brokenHeadersNeedNothing() {
    var head = Arrays.copyOf(new byte[] {0x7f, 'E', 'L', 'F', 2}, 80);
    Arrays.fill(head, 5, 80, (byte) 0x7f);
    assertThat(ProgramHeader.loader(head)).isEmpty();
  }

  @Test
  void outOfMemoryKillsAreCounted() {
    assertThat(OutOfMemoryKills.count("low 0\noom 1\noom_kill 3\noom_group_kill 0\n")).isEqualTo(3);
    assertThat(OutOfMemoryKills.count("low 0\n")).isZero();
  }
}
