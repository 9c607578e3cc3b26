package dev.stagewright.protocol;

import java.util.Map;
import java.util.Optional;

/**
 * What a registry's scanner found in an image.
 *
 * @param status how the scan ended, in Harbor's word: {@code Success}, {@code Error}, …
 * @param severity the worst that was found; empty where the scan did not end well
 * @param counts how many vulnerabilities there are, by severity
 * @param fixable how many of them have a fix
 * @param scanner name and version; empty where the registry does not say
 * @param report address of the report; empty where there is none
 * @param sbom digest of the software bill of materials; empty where none was made
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
