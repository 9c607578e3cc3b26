package dev.stagewright.protocol;

import java.util.Map;
import java.util.Optional;

/**
 * The result of a vulnerability scan by the registry.
 *
 * @param status status of the scan as Harbor names it: {@code Success}, {@code Error}, …
 * @param severity highest severity; empty if the scan failed
 * @param counts number of vulnerabilities by severity
 * @param fixable number of vulnerabilities that have a fix
 * @param scanner name and version of the scanner; empty if the registry does not report them
 * @param report URL of the report; empty if there is none
 * @param sbom digest of the software bill of materials; empty if none was generated
 */
public record ScanResult(
    String status,
    Optional<String> severity,
    Map<String, Integer> counts,
    int fixable,
    Optional<String> scanner,
    Optional<String> report,
    Optional<String> sbom) {
  public ScanResult {
    counts = Map.copyOf(counts);
  }
}
