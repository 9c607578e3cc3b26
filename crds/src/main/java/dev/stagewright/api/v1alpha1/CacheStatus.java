package dev.stagewright.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import org.jspecify.annotations.Nullable;

/** What a run took from the cache, as the sum of its stages. */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record CacheStatus(
    @JsonPropertyDescription("Repository of the records.") String repository,
    @JsonPropertyDescription(
            "True if the run ignored existing records, because the ImageBuild had the annotation"
                + " `stagewright.dev/no-cache` when the run started.")
        @Nullable Boolean recordsIgnored,
    @JsonPropertyDescription("Number of steps that did not run, because their results were known.")
        int cachedSteps,
    @JsonPropertyDescription("Number of all steps of the stages that were looked up so far.")
        int steps,
    @JsonPropertyDescription("Time that the known steps took when they ran, such as `1m12s`.")
        String savedDuration,
    @JsonPropertyDescription(
            "Compressed size of the layers and files of the known steps, in bytes.")
        long savedBytes) {}
