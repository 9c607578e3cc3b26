package dev.stagewright.kubectl.terminal;

import java.io.Console;
import java.nio.charset.Charset;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * The terminal, or the file or pipe, that the output goes to.
 *
 * @param interactive whether the output goes to a terminal, so that it may be redrawn
 * @param colored whether the output may have colors
 * @param unicode whether the character set has more than ASCII
 * @param columns width in characters
 */
public record Terminal(boolean interactive, boolean colored, boolean unicode, int columns) {
  /** Number of columns; set by the launcher if the output is a terminal. */
  private static final String LAUNCHER_COLUMNS = "STAGEWRIGHT_COLUMNS";

  private static final int DEFAULT_COLUMNS = 120;
  private static final int MIN_COLUMNS = 60;

  /** The terminal of this process. */
  public static Terminal ofProcess() {
    var isTerminal = Optional.ofNullable(System.console()).map(Console::isTerminal).orElse(false);
    return of(System.getenv(), isTerminal, charset("stdout.encoding"));
  }

  /** The terminal of standard error, which may be another one than that of standard output. */
  public static Terminal ofStandardError() {
    var environment = new HashMap<>(System.getenv());
    environment.remove(LAUNCHER_COLUMNS);
    var size = WindowSize.ofStandardError().current();
    size.ifPresent(it -> environment.put(LAUNCHER_COLUMNS, Integer.toString(it.columns())));
    return of(environment, size.isPresent(), charset("stderr.encoding"));
  }

  private static Charset charset(String property) {
    return Optional.ofNullable(System.getProperty(property))
        .filter(Charset::isSupported)
        .map(Charset::forName)
        .orElse(Charset.defaultCharset());
  }

  /**
   * Detects the terminal from the environment; respects {@code NO_COLOR} and {@code TERM=dumb}.
   *
   * @param console whether the Java runtime detects a terminal
   * @param charset character set of the output
   */
  public static Terminal of(Map<String, String> environment, boolean console, Charset charset) {
    var launcherColumns = number(environment, LAUNCHER_COLUMNS);
    var interactive =
        (console || launcherColumns.isPresent())
            && !environment.getOrDefault("TERM", "").equals("dumb");
    var colorless = !environment.getOrDefault("NO_COLOR", "").isEmpty();
    var columns = launcherColumns.or(() -> number(environment, "COLUMNS")).orElse(DEFAULT_COLUMNS);
    return new Terminal(
        interactive,
        interactive && !colorless,
        charset.newEncoder().canEncode('█'),
        Math.max(columns, MIN_COLUMNS));
  }

  private static Optional<Integer> number(Map<String, String> environment, String name) {
    try {
      return Optional.ofNullable(environment.get(name)).map(Integer::valueOf);
    } catch (NumberFormatException e) {
      return Optional.empty();
    }
  }

  /** The formatter for the colors that the terminal shows. */
  public Ansi ansi() {
    return new Ansi(colored);
  }
}
