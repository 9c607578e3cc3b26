package dev.stagewright.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Why a run failed. It stays readable after the Pods are gone. */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record BuildFailure(
    @JsonPropertyDescription("In one word, for example `RunFailed`; see the troubleshooting page.")
        String reason,
    @JsonPropertyDescription("Name of the stage that failed, where one did.")
        @Nullable String stage,
    @JsonPropertyDescription("The instruction that failed.") @Nullable String instruction,
    @JsonPropertyDescription("Path of the Dockerfile inside the source.") @Nullable String file,
    @JsonPropertyDescription("Line of the instruction, counted from 1.") @Nullable Integer line,
    @JsonPropertyDescription(
            "What the command of RUN exited with; 128 and the signal's number where a signal ended"
                + " it.")
        @Nullable Integer exitCode,
    @JsonPropertyDescription("What happened, where, and what to do.") String message,
    @JsonPropertyDescription("The Pod that failed.") @Nullable String pod,
    @JsonPropertyDescription("The last lines of its log.") List<String> logTail) {

  /** An absent tail is an empty one. */
  public BuildFailure {
    logTail = Absent.asEmpty(logTail);
  }
}
