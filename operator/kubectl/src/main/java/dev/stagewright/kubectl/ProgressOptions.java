package dev.stagewright.kubectl;

import dev.stagewright.kubectl.progress.ProgressDisplay;
import dev.stagewright.kubectl.progress.ProgressDisplays;
import dev.stagewright.kubectl.progress.ProgressMode;
import dev.stagewright.kubectl.terminal.Terminal;
import java.util.Arrays;
import java.util.Iterator;
import java.util.Locale;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Option;
import picocli.CommandLine.TypeConversionException;

/** The option that selects how progress is shown. */
final class ProgressOptions {
  @Option(
      names = "--progress",
      paramLabel = "MODE",
      converter = ModeConverter.class,
      completionCandidates = Modes.class,
      description =
          "How to show the progress, one of: ${COMPLETION-CANDIDATES}. Default: tty on a terminal,"
              + " otherwise plain")
  private ProgressMode mode = ProgressMode.AUTO;

  /** A display on standard error. */
  @SuppressWarnings("SystemOut")
  ProgressDisplay display() {
    return ProgressDisplays.of(mode, System.err, Terminal.ofStandardError());
  }

  /** Whether the display is for people, and not only for failures or for programs. */
  boolean isForPeople() {
    return mode != ProgressMode.JSON && mode != ProgressMode.QUIET;
  }

  /** The names of the modes, as BuildKit writes them. */
  static final class Modes implements Iterable<String> {
    @Override
    public Iterator<String> iterator() {
      return Arrays.stream(ProgressMode.values())
          .map(mode -> mode.name().toLowerCase(Locale.ROOT))
          .iterator();
    }
  }

  /** Converts a name to a mode. */
  static final class ModeConverter implements ITypeConverter<ProgressMode> {
    @Override
    public ProgressMode convert(String value) {
      return Arrays.stream(ProgressMode.values())
          .filter(mode -> mode.name().toLowerCase(Locale.ROOT).equals(value))
          .findFirst()
          .orElseThrow(() ->
              new TypeConversionException(
                  "must be one of " + String.join(", ", new Modes()) + ", but is " + value));
    }
  }
}
