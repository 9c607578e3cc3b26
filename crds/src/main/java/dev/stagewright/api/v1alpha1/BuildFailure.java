package dev.stagewright.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Details about the failure of a run. They remain available after the Pods are deleted. */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record BuildFailure(
    @JsonPropertyDescription(
            "Machine-readable reason for the failure, such as `RunFailed`. The troubleshooting"
                + " page lists all reasons.")
        String reason,
    @JsonPropertyDescription(
            "Name of the stage that failed. Not set if the run failed outside of a stage.")
        @Nullable String stage,
    @JsonPropertyDescription("Dockerfile instruction that failed.") @Nullable String instruction,
    @JsonPropertyDescription("Path of the Dockerfile in the source.") @Nullable String file,
    @JsonPropertyDescription("Line number of the instruction, starting at 1.")
        @Nullable Integer line,
    @JsonPropertyDescription(
            "Exit code of the RUN command. It is 128 plus the signal number if a signal"
                + " terminated the command.")
        @Nullable Integer exitCode,
    @JsonPropertyDescription("Human-readable message that describes the failure and how to fix it.")
        String message,
    @JsonPropertyDescription("Name of the Pod that failed.") @Nullable String pod,
    @JsonPropertyDescription("Last lines of the log of the Pod.") List<String> logTail) {

  /** Replaces an absent log tail by an empty list. */
  public BuildFailure {
    logTail = Absent.asEmpty(logTail);
  }
}
