package dev.stagewright.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import org.jspecify.annotations.Nullable;

/** What became of an earlier run. */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record RunRecord(
    @JsonPropertyDescription("The `metadata.generation` that it built.") long generation,
    @JsonPropertyDescription("How it ended.") BuildPhase phase,
    @JsonPropertyDescription("Why it failed or was stopped, in one word.") @Nullable String reason,
    @JsonPropertyDescription("When it began.") @Nullable String startTime,
    @JsonPropertyDescription("When it ended.") @Nullable String completionTime,
    @JsonPropertyDescription("The image that it pushed, by digest.") @Nullable String image) {}
