package dev.stagewright.harbor;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The state and the results of a scan.
 *
 * @param status the status in Harbor: {@code Pending}, {@code Running}, {@code Success}, …
 * @param severity the highest severity that was found; empty before the end
 * @param counts the number of vulnerabilities by severity
 * @param fixable the number of vulnerabilities that have a fix
 * @param scanner name and version of the scanner; empty if absent
 * @param sbom the digest of the generated SBOM; empty for other scans
 */
public record ScanOverview(
    String status,
    Optional<String> severity,
    Map<String, Integer> counts,
    int fixable,
    Optional<String> scanner,
    Optional<String> sbom) {
  private static final Set<String> FINAL = Set.of("Success", "Error", "Stopped");

  public ScanOverview {
    counts = Map.copyOf(counts);
  }

  static ScanOverview of(JsonNode json) {
    var summary = json.path("summary");
    var counts = new LinkedHashMap<String, Integer>();
    summary
        .path("summary")
        .properties()
        .forEach(entry -> counts.put(entry.getKey(), entry.getValue().asInt()));
    return new ScanOverview(
        json.path("scan_status").asText(),
        text(json.path("severity")),
        counts,
        summary.path("fixable").asInt(),
        scanner(json.path("scanner")),
        text(json.path("sbom_digest")));
  }

  private static Optional<String> scanner(JsonNode json) {
    return text(json.path("name"))
        .map(name -> text(json.path("version")).map(version -> name + " " + version).orElse(name));
  }

  private static Optional<String> text(JsonNode json) {
    return Optional.of(json.asText("")).filter(text -> !text.isEmpty() && !text.equals("null"));
  }

  /** Whether the scan has ended. */
  public boolean isFinal() {
    return FINAL.contains(status);
  }

  /** Whether the scan succeeded. */
  public boolean isSuccess() {
    return status.equals("Success");
  }
}
