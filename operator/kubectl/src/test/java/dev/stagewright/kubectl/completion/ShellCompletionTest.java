package dev.stagewright.kubectl.completion;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.stagewright.kubectl.StagewrightCommand;
import dev.stagewright.kubectl.cluster.Kubeconfigs;
import dev.stagewright.kubectl.cluster.StubApiServer;
import dev.stagewright.kubectl.support.Terminal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * The completion in real shells on a terminal: the Tab key calls the program, which asks the stub
 * of an API server. Skipped where tmux or the shell is not installed.
 */
class ShellCompletionTest {
  private static final Duration TIMEOUT = Duration.ofSeconds(60);
  private static final String BUILDS = "/apis/stagewright.dev/v1alpha1/namespaces/%s/imagebuilds";

  @TempDir private Path folder;
  private final StubApiServer server = new StubApiServer();

  /** A shell without the files of the user. */
  enum Shell {
    BASH("bash --noprofile --norc", "source <(stagewright completion bash)"),
    ZSH("zsh -f", "source <(stagewright completion zsh)"),
    FISH(
        "fish --no-config",
        "set -g fish_autosuggestion_enabled 0; stagewright completion fish | source");

    private final String command;
    private final String setup;

    Shell(String command, String setup) {
      this.command = command;
      this.setup = setup;
    }

    String program() {
      return command.substring(0, command.indexOf(' '));
    }
  }

  @BeforeEach
  void writeFiles() throws Exception {
    server.respond(BUILDS.formatted("team"), list("hello", "help-desk", "shop"));
    server.respond(BUILDS.formatted("other"), list("blog"));
    Files.writeString(folder.resolve("config"), Kubeconfigs.of(server.url()));
    Files.writeString(folder.resolve("Dockerfile"), "FROM scratch\n");
    var program = folder.resolve("bin/stagewright");
    Files.createDirectories(program.getParent());
    Files.writeString(
        program,
        "#!/bin/sh\nexec '%s/bin/java' -XX:TieredStopAtLevel=1 -Dstagewright.completion.seconds=60 -cp '%s' %s \"$@\"\n"
            .formatted(
                System.getProperty("java.home"),
                System.getProperty("java.class.path"),
                StagewrightCommand.class.getName()));
    assertThat(program.toFile().setExecutable(true)).isTrue();
  }

  private static String list(String... names) {
    return Stream.of(names)
        .map(
            """
            {"apiVersion": "stagewright.dev/v1alpha1", "kind": "ImageBuild",
             "metadata": {"name": "%s"}}
            """
                ::formatted)
        .collect(
            Collectors.joining(
                ",",
                "{\"apiVersion\": \"stagewright.dev/v1alpha1\", \"kind\": \"ImageBuildList\","
                    + " \"items\": [",
                "]}"));
  }

  private Terminal terminal() {
    return new Terminal(folder.resolve("tmux"));
  }

  @AfterEach
  void stop() throws Exception {
    terminal().stop();
    server.close();
  }

  private void start(Shell shell) throws Exception {
    assumeTrue(Terminal.isInstalled("tmux"), "tmux is not installed");
    assumeTrue(Terminal.isInstalled(shell.program()), shell.program() + " is not installed");
    terminal()
        .start(
            100,
            40,
            "cd %1$s; HOME=%1$s PATH=%1$s/bin:$PATH KUBECONFIG=%1$s/config exec %2$s"
                .formatted(folder, shell.command));
    terminal().type(shell.setup + "; echo is \"\"ready");
    terminal().press("Enter");
    awaitLine("is ready");
  }

  private void awaitLine(String end) {
    await()
        .atMost(TIMEOUT)
        .untilAsserted(() ->
            assertThat(terminal().screen()).anySatisfy(line -> assertThat(line).endsWith(end)));
  }

  /** Types the beginning of a line, and presses Tab. */
  private void complete(String start, String line) throws Exception {
    terminal().type("stagewright " + start);
    terminal().press("Tab");
    awaitLine("stagewright " + line);
    terminal().press("C-u");
  }

  @ParameterizedTest
  @EnumSource
  void completesWhatIsUnique(Shell shell) throws Exception {
    start(shell);

    complete("canc", "cancel");
    complete("cache pr", "cache prune");
    complete("wait --time", "wait --timeout");
    complete("get -o j", "get -o json");
    complete("retry --progress=j", "retry --progress=json");
    complete("logs -f sh", "logs -f shop");
    complete("logs -n other ", "logs -n other blog");
    complete("lint Dock", "lint Dockerfile");
  }

  @ParameterizedTest
  @EnumSource
  void listsWhatIsNot(Shell shell) throws Exception {
    start(shell);

    terminal().type("stagewright logs ");
    terminal().press("Tab");
    terminal().press("Tab");

    await()
        .atMost(TIMEOUT)
        .untilAsserted(() ->
            assertThat(String.join(" ", terminal().screen()))
                .contains("hello", "help-desk", "shop"));
  }
}
