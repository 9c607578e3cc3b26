package dev.stagewright.harbor.standin;

import java.time.Duration;
import java.util.Map;

/**
 * A vulnerability scanner that knows its results beforehand.
 *
 * @param name for example {@code Trivy}
 * @param version of it
 * @param takes how long a scan takes
 * @param ending {@code Success}, {@code Error} or {@code Stopped}
 * @param counts what it finds, by severity
 * @param fixable how many of that have a fix
 */
public record Scanner(
    String name,
    String version,
    Duration takes,
    String ending,
    Map<String, Integer> counts,
    int fixable) {
  public Scanner {
    counts = Map.copyOf(counts);
  }

  /** One that finds this at once. */
  public static Scanner finding(Map<String, Integer> counts, int fixable) {
    return new Scanner("Trivy", "v0.65.0", Duration.ZERO, "Success", counts, fixable);
  }

  /** The same, which takes its time. */
  public Scanner taking(Duration time) {
    return new Scanner(name, version, time, ending, counts, fixable);
  }

  /** The same, which does not succeed. */
  public Scanner ending(String other) {
    return new Scanner(name, version, takes, other, counts, fixable);
  }
}
