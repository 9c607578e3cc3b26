package dev.stagewright.harbor.standin;

import com.fasterxml.jackson.databind.node.NullNode;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/**
 * The report of a scan or of an SBOM generation.
 *
 * @param id unique ID
 * @param scanner scanner that creates the report
 * @param startedAt start time
 */
public record Report(UUID id, Scanner scanner, Instant startedAt) {
  private static final List<String> WORST_FIRST =
      List.of("Critical", "High", "Medium", "Low", "Negligible", "Unknown");

  static Report startedAt(Instant now, Scanner scanner) {
    return new Report(UUID.randomUUID(), scanner, now);
  }

  /** The status as in Harbor: first pending, then running, finally the result of the scanner. */
  public String status(Instant now) {
    var age = Duration.between(startedAt, now);
    if (age.compareTo(scanner.takes()) >= 0) {
      return scanner.ending();
    }
    return age.compareTo(scanner.takes().dividedBy(4)) < 0 ? "Pending" : "Running";
  }

  boolean isOver(Instant now) {
    return status(now).equals(scanner.ending());
  }

  Map<String, Object> vulnerabilities(Instant now) {
    var overview = common(now);
    if (status(now).equals("Success")) {
      overview.put("severity", severity());
      overview.put(
          "summary",
          Json.object(
              "total", scanner.counts().values().stream().mapToInt(Integer::intValue).sum(),
              "fixable", scanner.fixable(),
              "summary", scanner.counts()));
    }
    return overview;
  }

  Map<String, Object> bill(Instant now, String digest) {
    var overview = common(now);
    if (status(now).equals("Success")) {
      overview.put("sbom_digest", digest);
    }
    return overview;
  }

  private Map<String, Object> common(Instant now) {
    return Json.object(
        "report_id",
        id.toString(),
        "scan_status",
        status(now),
        "severity",
        "Unknown",
        "duration",
        isOver(now) ? scanner.takes().toSeconds() : 0,
        "summary",
        NullNode.getInstance(),
        "start_time",
        startedAt.toString(),
        "end_time",
        isOver(now) ? startedAt.plus(scanner.takes()).toString() : "0001-01-01T00:00:00.000Z",
        "complete_percent",
        isOver(now) ? 100 : 0,
        "scanner",
        Json.object(
            "name", scanner.name(), "vendor", "Aqua Security", "version", scanner.version()));
  }

  private String severity() {
    return WORST_FIRST.stream()
        .filter(severity -> scanner.counts().getOrDefault(severity, 0) > 0)
        .findFirst()
        .orElse("None");
  }
}
