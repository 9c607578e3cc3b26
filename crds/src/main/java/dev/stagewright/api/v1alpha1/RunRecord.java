package dev.stagewright.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import org.jspecify.annotations.Nullable;

/** The result of an earlier run. */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record RunRecord(
    @JsonPropertyDescription("The `metadata.generation` that the run built.") long generation,
    @JsonPropertyDescription("Final phase of the run.") BuildPhase phase,
    @JsonPropertyDescription("Machine-readable reason why the run failed or was cancelled.")
        @Nullable String reason,
    @JsonPropertyDescription("Time when the run started.") @Nullable String startTime,
    @JsonPropertyDescription("Time when the run ended.") @Nullable String completionTime,
    @JsonPropertyDescription("Reference of the pushed image by digest.") @Nullable String image,
    @JsonPropertyDescription("Number of the run.") @Nullable Long run,
    @JsonPropertyDescription("What started the run.") @Nullable TriggerStatus trigger) {}
