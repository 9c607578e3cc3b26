package dev.stagewright.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What the registry's scanner found in the image. */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record ScanStatus(
    @JsonPropertyDescription("How the scan ended, in Harbor's word: `Success`, `Error`, …")
        String status,
    @JsonPropertyDescription("The worst severity found; `None` where nothing was.")
        @Nullable String severity,
    @JsonPropertyDescription("How many vulnerabilities there are, by severity.")
        Map<String, Integer> counts,
    @JsonPropertyDescription("How many of them have a fix.") int fixable,
    @JsonPropertyDescription("Scanner and version.") @Nullable String scanner,
    @JsonPropertyDescription("Address of the report.") @Nullable String report,
    @JsonPropertyDescription("Digest of the software bill of materials, where one was made.")
        @Nullable String sbom) {

  /** Absent counts are none. */
  public ScanStatus {
    counts = Absent.asEmpty(counts);
  }
}
