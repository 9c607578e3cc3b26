package dev.stagewright.kubectl.debug;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.stream.Stream;

/**
 * The terminal in raw mode, in which every key goes to the shell in the cluster. Java cannot change
 * the mode: stty does.
 */
final class RawTerminal implements AutoCloseable {
  private static final File TERMINAL = new File("/dev/tty");

  private final String saved;
  private final Thread atExit = new Thread(this::restore, "restore-terminal");

  private RawTerminal(String saved) {
    this.saved = saved;
  }

  static RawTerminal open() throws IOException {
    var terminal = new RawTerminal(stty("-g").strip());
    Runtime.getRuntime().addShutdownHook(terminal.atExit);
    var _ = stty("raw", "-echo");
    return terminal;
  }

  private static String stty(String... arguments) throws IOException {
    var command = Stream.concat(Stream.of("stty"), Stream.of(arguments)).toList();
    var process =
        new ProcessBuilder(command)
            .redirectInput(TERMINAL)
            .redirectError(ProcessBuilder.Redirect.DISCARD)
            .start();
    return new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
  }

  private void restore() {
    try {
      var _ = stty(saved);
    } catch (IOException e) {
      // There is no terminal any more.
    }
  }

  @Override
  public void close() {
    restore();
    try {
      Runtime.getRuntime().removeShutdownHook(atExit);
    } catch (IllegalStateException e) {
      // The process is about to exit: the hook runs.
    }
  }
}
