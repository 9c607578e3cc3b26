package dev.stagewright.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Result of the vulnerability scan of the image. */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record ScanStatus(
    @JsonPropertyDescription(
            "Status of the scan as reported by Harbor, such as `Success` or `Error`.")
        String status,
    @JsonPropertyDescription(
            "Highest severity of the vulnerabilities. `None` if the scan found no"
                + " vulnerabilities.")
        @Nullable String severity,
    @JsonPropertyDescription("Number of vulnerabilities, by severity.") Map<String, Integer> counts,
    @JsonPropertyDescription("Number of vulnerabilities with a fix.") int fixable,
    @JsonPropertyDescription("Name and version of the scanner.") @Nullable String scanner,
    @JsonPropertyDescription("URL of the scan report.") @Nullable String report,
    @JsonPropertyDescription(
            "Digest of the software bill of materials (SBOM). Set only if one was generated.")
        @Nullable String sbom) {

  /** Replaces absent counts by an empty map. */
  public ScanStatus {
    counts = Absent.asEmpty(counts);
  }
}
