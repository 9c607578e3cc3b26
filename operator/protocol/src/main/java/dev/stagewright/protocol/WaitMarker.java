package dev.stagewright.protocol;

import java.util.Optional;

/**
 * The line that a stage logs when it starts to wait for another stage, {@code waiting for stage
 * "builder"}. The operator uses it to find Pods that only wait.
 *
 * @param stage name of the other stage
 */
public record WaitMarker(String stage) {
  private static final String START = "waiting for stage \"";
  private static final String END = "\"";

  /** Parses a line of the log of a stage; empty if it is not a marker. */
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
