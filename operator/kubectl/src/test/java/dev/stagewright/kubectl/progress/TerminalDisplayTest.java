package dev.stagewright.kubectl.progress;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.stagewright.kubectl.support.Terminal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A recorded build on a terminal of tmux; skipped where tmux is not installed. */
class TerminalDisplayTest {
  private static final Duration TIMEOUT = Duration.ofSeconds(60);
  private static final Pattern SECONDS = Pattern.compile(" +[0-9]+\\.[0-9]s");

  @TempDir private Path folder;

  @BeforeEach
  void requireTmux() {
    assumeTrue(Terminal.isInstalled("tmux"), "tmux is not installed");
  }

  @AfterEach
  void stop() throws Exception {
    terminal().stop();
  }

  private Terminal terminal() {
    return new Terminal(folder.resolve("tmux"));
  }

  private void start(int columns, int rows, String environment, String mode) throws Exception {
    var program =
        String.join(
            " ",
            List.of(
                environment,
                System.getProperty("java.home") + "/bin/java",
                "--enable-native-access=ALL-UNNAMED",
                "-Dstderr.encoding=UTF-8",
                "-cp",
                "'" + System.getProperty("java.class.path") + "'",
                RecordedBuild.class.getName(),
                mode));
    var script = folder.resolve("program");
    Files.writeString(script, "stty -echo\n" + program + "\nread wait\n");
    terminal().start(columns, rows, "sh " + script);
  }

  /** The lines of the terminal without times. */
  private List<String> screen() throws Exception {
    return terminal().screen().stream()
        .map(line -> SECONDS.matcher(line).replaceAll("").stripTrailing())
        .toList();
  }

  private void next(int states) throws Exception {
    for (int i = 0; i < states; i++) {
      terminal().press("Enter");
    }
  }

  private void awaitScreen(String... lines) {
    await().atMost(TIMEOUT).untilAsserted(() -> assertThat(screen()).containsExactly(lines));
  }

  @Test
  void redrawsTheBuildInPlace() throws Exception {
    start(80, 24, "", "AUTO");
    next(1);
    awaitScreen(
        "[+] Waiting",
        " => [context] upload of the build context 2.0 MB of … █████░░░░░░░░░░░░░░░");

    next(3);
    awaitScreen(
        "[+] hello Building (1/2)",
        " => [context] upload of the build context 8.0 MB of 8.0 MB",
        " => [prepare] read the source and the Dockerfile",
        " => [publish] push registry.example.com/team/hello:1.0",
        " => => registry.example.com/team/hello accepts pushes",
        " => CACHED [assets] 4 steps",
        " => [builder 3/3] RUN go build",
        " => => go: downloading 例え v1.0.0");

    next(2);
    awaitScreen(
        "[+] hello Succeeded (2/2)",
        " => [context] upload of the build context 8.0 MB of 8.0 MB",
        " => [prepare] read the source and the Dockerfile",
        " => [publish] push registry.example.com/team/hello:1.0 1 layer",
        " => CACHED [assets] 4 steps",
        " => [builder 3/3] RUN go build",
        "the end");
    assertThat(terminal().tmux("display-message", "-p", "#{cursor_flag}").strip()).isEqualTo("1");
  }

  @Test
  void followsTheSizeOfTheTerminal() throws Exception {
    start(80, 24, "", "TTY");
    next(4);
    await().atMost(TIMEOUT).until(() -> screen().contains(" => => go: downloading 例え v1.0.0"));

    terminal().tmux("resize-window", "-x", "30", "-y", "6");
    await()
        .atMost(TIMEOUT)
        .untilAsserted(() ->
            assertThat(screen().stream().map(String::strip))
                .contains("=> 3 more")
                .anyMatch(line -> line.matches("=> \\[builder 3/3] RUN .*…")));

    next(2);
    await().atMost(TIMEOUT).until(() -> screen().contains("the end"));
    assertThat(screen())
        .anyMatch(line -> line.matches("\\[\\+] hello Succeeded \\(2.*…"))
        .anyMatch(line -> line.matches(" => CACHED \\[assets] 4 s.*…"));
  }

  @Test
  void printsLinesOnADumbTerminal() throws Exception {
    start(80, 24, "TERM=dumb", "AUTO");
    next(1);

    await()
        .atMost(TIMEOUT)
        .untilAsserted(
            () -> assertThat(screen()).containsExactly("#1 [context] upload of the build context"));
  }
}
