package dev.stagewright.kubectl.completion;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The completion script for bash, with a program that answers always the same. */
class BashScriptTest {
  private static final Path SCRIPT =
      Path.of("src/main/resources/dev/stagewright/kubectl/completion/bash").toAbsolutePath();

  @TempDir private Path folder;

  /** Completes a line, and returns the arguments of the program and the words for the user. */
  private String complete(String line, int word) throws Exception {
    var program = folder.resolve("stagewright");
    Files.writeString(
        program,
        "#!/bin/sh\necho \"$@\" >> "
            + folder
            + "/called\nprintf 'hello\\t a build\\nshop\\n:4\\n'\n");
    assertThat(program.toFile().setExecutable(true)).isTrue();
    var process =
        new ProcessBuilder(
                "bash",
                "-c",
                "source %s; COMP_WORDS=(%s); COMP_CWORD=%d; _stagewright; cat %s/called; echo \"${COMPREPLY[*]}\""
                    .formatted(
                        SCRIPT, line.replaceFirst("^\\S+", program.toString()), word, folder))
            .redirectErrorStream(true)
            .start();
    return new String(process.getInputStream().readAllBytes(), UTF_8);
  }

  @ParameterizedTest
  @CsvSource({
    "stagewright logs \"\", 2, __complete -- logs",
    "stagewright wait --for = pha, 4, __complete -- wait --for pha"
  })
  void asksTheProgram(String line, int word, String called) throws Exception {
    assertThat(complete(line, word).lines().map(String::strip))
        .containsExactly(called, "hello shop");
  }

  @Test
  void everyShellHasAScript() {
    for (var shell : new String[] {"bash", "zsh", "fish", "powershell"}) {
      assertThat(Files.isRegularFile(SCRIPT.resolveSibling(shell))).as(shell).isTrue();
    }
  }
}
