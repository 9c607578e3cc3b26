package dev.stagewright.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Default;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Features that only Harbor registries support. */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
@ValidationRule(
    value = "!has(self.failOn) || (has(self.scan) && self.scan)",
    message = "failOn requires scan: true")
public record Harbor(
    @JsonPropertyDescription(
            "Create the project as a private project if it does not exist. Requires that the"
                + " account of `credentials` can create projects.")
        @Default("false")
        boolean createProject,
    @JsonPropertyDescription(
            "Names of Harbor labels to add to the image. The labels must exist in the project"
                + " or globally.")
        @Size(max = 32) List<String> labels,
    @JsonPropertyDescription(
            "Scan the image for vulnerabilities and report the result in the status. If the"
                + " project scans images on push, wait for that scan instead.")
        @Default("false")
        boolean scan,
    @JsonPropertyDescription(
            "Fail the build without moving its tags if the scan finds a vulnerability of this"
                + " severity or higher.")
        @Nullable Severity failOn,
    @JsonPropertyDescription("Generate a software bill of materials (SBOM) of the image in Harbor.")
        @Default("false")
        boolean sbom,
    @JsonPropertyDescription("Maximum time to wait for the scan and the SBOM, as a duration.")
        @Default(Harbor.DEFAULT_TIMEOUT)
        @ValidationRule(
            value =
                "type(self) == string && size(self) <= 32 && self.matches('^([0-9]+(\\\\.[0-9]+)?(ms|s|m|h))+$') && duration(self) >="
                    + " duration('1s')",
            message = "must be a duration of at least 1s, such as 90s, 10m or 1h30m")
        String timeout) {

  /** The default timeout of scan and SBOM. */
  public static final String DEFAULT_TIMEOUT = "10m";

  /** Applies the defaults of the schema. */
  public Harbor {
    labels = Absent.asEmpty(labels);
    timeout = timeout == null ? DEFAULT_TIMEOUT : timeout;
  }

  /** Severity of a vulnerability, with the names that Harbor's scanners use. */
  public enum Severity {
    Low,
    Medium,
    High,
    Critical
  }
}
