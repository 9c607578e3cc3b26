package dev.stagewright.kubectl.support;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * A terminal of tmux.
 *
 * @param socket of the server of this terminal, in a folder of the test
 */
public record Terminal(Path socket) {

  /** Whether a program is in the PATH. */
  public static boolean isInstalled(String program) {
    return Stream.of(System.getenv("PATH").split(":"))
        .anyMatch(directory -> Files.isExecutable(Path.of(directory, program)));
  }

  /** Runs a subcommand of tmux, and returns what it prints. */
  public String tmux(String... arguments) throws IOException, InterruptedException {
    var command =
        Stream.concat(
                Stream.of("tmux", "-u", "-f", "/dev/null", "-S", socket.toString()),
                Stream.of(arguments))
            .toList();
    var process = new ProcessBuilder(command).redirectErrorStream(true);
    process.environment().putAll(Map.of("LC_ALL", "C.UTF-8"));
    var running = process.start();
    var output = new String(running.getInputStream().readAllBytes(), UTF_8);
    running.waitFor();
    return output;
  }

  /** Runs a command of the shell in the terminal. */
  public void start(int columns, int rows, String command)
      throws IOException, InterruptedException {
    tmux("new-session", "-d", "-x", "" + columns, "-y", "" + rows, command);
  }

  /** Types a text. */
  public void type(String text) throws IOException, InterruptedException {
    tmux("send-keys", "-l", text);
  }

  /** Presses a key, for example {@code Enter}, {@code Tab}, or {@code C-u}. */
  public void press(String key) throws IOException, InterruptedException {
    tmux("send-keys", key);
  }

  /** The lines of the terminal that are not blank, also those that were scrolled away. */
  public List<String> screen() throws IOException, InterruptedException {
    return tmux("capture-pane", "-p", "-S", "-100")
        .lines()
        .map(String::stripTrailing)
        .filter(line -> !line.isEmpty())
        .toList();
  }

  /**
   * Ends the terminal, and what runs in it. A shell that only gets a signal writes its history
   * later, perhaps while the folder of the test is deleted.
   */
  public void stop() throws IOException, InterruptedException {
    var processes =
        tmux("list-panes", "-a", "-F", "#{pane_pid}")
            .lines()
            .filter(line -> line.matches("[0-9]+"))
            .flatMap(line -> ProcessHandle.of(Long.parseLong(line)).stream())
            .flatMap(pane -> Stream.concat(pane.descendants(), Stream.of(pane)))
            .toList();
    processes.forEach(ProcessHandle::destroyForcibly);
    processes.forEach(process -> process.onExit().join());
    tmux("kill-server");
  }
}
