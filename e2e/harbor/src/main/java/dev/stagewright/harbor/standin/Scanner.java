package dev.stagewright.harbor.standin;

import java.time.Duration;
import java.util.Map;

/**
 * A vulnerability scanner with fixed results.
 *
 * @param name for example {@code Trivy}
 * @param version version of the scanner
 * @param takes duration of a scan
 * @param ending {@code Success}, {@code Error}, or {@code Stopped}
 * @param counts number of vulnerabilities, by severity
 * @param fixable number of vulnerabilities with a fix
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

  /** A scanner that finds these vulnerabilities immediately. */
  public static Scanner finding(Map<String, Integer> counts, int fixable) {
    return new Scanner("Trivy", "v0.65.0", Duration.ZERO, "Success", counts, fixable);
  }

  /** The same scanner with this duration. */
  public Scanner taking(Duration time) {
    return new Scanner(name, version, time, ending, counts, fixable);
  }

  /** The same scanner with another final status. */
  public Scanner ending(String other) {
    return new Scanner(name, version, takes, other, counts, fixable);
  }
}
