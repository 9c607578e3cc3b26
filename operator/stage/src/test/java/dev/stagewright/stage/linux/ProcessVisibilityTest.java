package dev.stagewright.stage.linux;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The visible data of the runtime in {@code /proc}. */
class ProcessVisibilityTest {
  /** Prints its name and environment, as read from the kernel and from the JDK. */
  static final class Shown {
    public static void main(String[] arguments) throws IOException {
      ProcessVisibility.hideArguments();
      for (var file : List.of("comm", "cmdline", "environ")) {
        var bytes = Files.readString(Path.of("/proc/self", file), StandardCharsets.ISO_8859_1);
        System.out.println(bytes.replaceAll("\0+", "|").strip());
      }
      System.out.println(arguments[0] + " " + System.getenv("TOKEN"));
    }

    private Shown() {}
  }

  @Test
  void onlyTheNameIsVisible() throws IOException {
    var builder =
        new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "--enable-native-access=ALL-UNNAMED",
            "-cp",
            System.getProperty("java.class.path"),
            Shown.class.getName(),
            "argument");
    builder.environment().clear();
    builder.environment().put("TOKEN", "secret");
    builder.environment().put("LC_ALL", "C.UTF-8");
    var process = builder.redirectErrorStream(true).start();
    var lines = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).lines();

    var shown = lines.toList();
    assertThat(shown).hasSize(4);
    assertThat(shown.subList(0, 2)).containsExactly("stagewright", "stagewright|");
    assertThat(shown.get(2)).contains("LC_ALL=C.UTF-8", "TOKEN=").doesNotContain("secret");
    assertThat(shown.get(3)).isEqualTo("argument secret");
  }
}
