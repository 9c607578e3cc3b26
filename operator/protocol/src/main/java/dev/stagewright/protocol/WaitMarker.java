package dev.stagewright.protocol;

import java.util.Optional;

/**
 * The line that a stage logs when it has come to what another one has to do first, {@code waiting
 * for stage "builder"}: for people, and for the operator, which may need the place of a Pod that
 * only waits.
 *
 * @param stage the other stage's name
 */
public record WaitMarker(String stage) {
  private static final String START = "waiting for stage \"";
  private static final String END = "\"";

  /** Reads a line of a stage's log; empty where it is no marker. */
  public static Optional<WaitMarker> parse(String line) {
    return line.startsWith(START) && line.endsWith(END) && line.length() > START.length()
        ? Optional.of(new WaitMarker(line.substring(START.length(), line.length() - END.length())))
        : Optional.empty();
  }

  /** The line itself. */
  @Override
  public String toString() {
    return START + stage + END;
  }
}
