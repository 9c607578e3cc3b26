package dev.stagewright.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Default;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What only Harbor can do. */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
@ValidationRule(
    value = "!has(self.failOn) || (has(self.scan) && self.scan)",
    message = "failOn needs scan: true")
public record Harbor(
    @JsonPropertyDescription(
            "Create the project, as a private one, if it does not exist. The account of"
                + " `credentials` must be allowed to.")
        @Default("false")
        boolean createProject,
    @JsonPropertyDescription(
            "Names of Harbor labels to put onto the image. They must exist, in the project or for"
                + " all projects.")
        @Size(max = 32) List<String> labels,
    @JsonPropertyDescription(
            "Have the image scanned for vulnerabilities, or wait for the scan that the project"
                + " starts by itself, and write the result into the status.")
        @Default("false")
        boolean scan,
    @JsonPropertyDescription(
            "Fail the build, and leave its tags where they are, if the scan finds a vulnerability of"
                + " at least this severity.")
        @Nullable Severity failOn,
    @JsonPropertyDescription("Have Harbor make a software bill of materials of the image.")
        @Default("false")
        boolean sbom,
    @JsonPropertyDescription("How long to wait for scan and SBOM, as a duration.")
        @Default(Harbor.DEFAULT_TIMEOUT)
        @ValidationRule(
            value =
                "type(self) == string && size(self) <= 32 && self.matches('^([0-9]+(\\\\.[0-9]+)?(ms|s|m|h))+$') && duration(self) >="
                    + " duration('1s')",
            message = "must be a duration of at least 1s, such as 90s, 10m or 1h30m")
        String timeout) {

  /** How long a scan may take where the spec does not say. */
  public static final String DEFAULT_TIMEOUT = "10m";

  /** Fills in the schema's defaults. */
  public Harbor {
    labels = Absent.asEmpty(labels);
    timeout = timeout == null ? DEFAULT_TIMEOUT : timeout;
  }

  /** How bad a vulnerability is, as Harbor's scanners say it. */
  public enum Severity {
    Low,
    Medium,
    High,
    Critical
  }
}
