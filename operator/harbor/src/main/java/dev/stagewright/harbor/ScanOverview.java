package dev.stagewright.harbor;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * How far a scan is, and what it has found.
 *
 * @param status in Harbor's word: {@code Pending}, {@code Running}, {@code Success}, …
 * @param severity the worst that was found; empty before the end
 * @param counts how many vulnerabilities there are, by severity
 * @param fixable how many of them have a fix
 * @param scanner name and version; empty where it is not said
 * @param sbom digest of the bill of materials that was made; empty for other scans
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

  /** Whether nothing more comes of it. */
  public boolean isOver() {
    return FINAL.contains(status);
  }

  /** Whether it came to a good end. */
  public boolean isSuccess() {
    return status.equals("Success");
  }
}
