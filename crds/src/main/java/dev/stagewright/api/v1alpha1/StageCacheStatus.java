package dev.stagewright.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import org.jspecify.annotations.Nullable;

/** What a stage took from the cache. */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record StageCacheStatus(
    @JsonPropertyDescription(
            "Number of first steps that did not run, because their results were known.")
        int cachedSteps,
    @JsonPropertyDescription("Number of all steps of the stage. FROM is not a step.") int steps,
    @JsonPropertyDescription(
            "First step that had to run, such as `3/7 RUN make`. Not set if there is none.")
        @Nullable String startStep,
    @JsonPropertyDescription(
            "Why that step had to run: what differs from the latest build of the Dockerfile, such as"
                + " `COPY . .: src/main.go changed`. Not set if no earlier build is known.")
        @Nullable String missed,
    @JsonPropertyDescription(
            "Time that the known steps took when they ran, such as `1m12s`. Stages that share a Pod"
                + " are counted at the stage that owns the Pod.")
        String savedDuration,
    @JsonPropertyDescription(
            "Compressed size of the layers and files of the known steps, in bytes. Stages that share"
                + " a Pod are counted at the stage that owns the Pod.")
        long savedBytes) {}
