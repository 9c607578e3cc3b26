package dev.stagewright.kubectl.terminal;

import java.nio.charset.Charset;
import java.util.Map;
import java.util.Optional;

/**
 * What the output goes to.
 *
 * @param interactive whether a person looks at it, so that lines may be drawn again
 * @param coloured whether it may have colours
 * @param unicode whether it can show more than ASCII
 * @param columns its width in characters
 */
public record Terminal(boolean interactive, boolean coloured, boolean unicode, int columns) {
  /** Set by the launcher where the output is a terminal: the number of its columns. */
  private static final String COLUMNS_OF_LAUNCHER = "STAGEWRIGHT_COLUMNS";

  private static final int USUAL_COLUMNS = 120;
  private static final int FEWEST_COLUMNS = 60;

  /**
   * Finds out from the environment; {@code NO_COLOR} and {@code TERM=dumb} are heeded.
   *
   * @param console whether the Java runtime takes the output for a terminal
   * @param charset of the output
   */
  public static Terminal of(Map<String, String> environment, boolean console, Charset charset) {
    var told = number(environment, COLUMNS_OF_LAUNCHER);
    var interactive = console || told.isPresent();
    var colourless =
        !environment.getOrDefault("NO_COLOR", "").isEmpty()
            || environment.getOrDefault("TERM", "").equals("dumb");
    var columns = told.or(() -> number(environment, "COLUMNS")).orElse(USUAL_COLUMNS);
    return new Terminal(
        interactive,
        interactive && !colourless,
        charset.newEncoder().canEncode('█'),
        Math.max(columns, FEWEST_COLUMNS));
  }

  private static Optional<Integer> number(Map<String, String> environment, String name) {
    try {
      return Optional.ofNullable(environment.get(name)).map(Integer::valueOf);
    } catch (NumberFormatException e) {
      return Optional.empty();
    }
  }

  /** The colours that it can show. */
  public Ink ink() {
    return new Ink(coloured);
  }
}
