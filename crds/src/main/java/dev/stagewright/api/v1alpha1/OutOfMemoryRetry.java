package dev.stagewright.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;

/** More memory for a stage that ran out of it. */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record OutOfMemoryRetry(
    @JsonPropertyDescription(
            "The most that the limit may become. Each further attempt has twice the memory of the"
                + " one before.")
        @Required
        @Size(min = 1, max = 32) @Pattern("^[0-9]+(\\.[0-9]+)?(k|M|G|T|Ki|Mi|Gi|Ti)?$") String maxMemory) {}
