package dev.stagewright.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import org.jspecify.annotations.Nullable;

/** Times at which a run starts without a change of the ImageBuild. */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record Schedule(
    @JsonPropertyDescription(
            "Cron expression with the fields minute, hour, day of the month, month and day of the"
                + " week, such as `0 3 * * 1-5`, or one of `@hourly`, `@daily`, `@weekly`,"
                + " `@monthly` and `@yearly`.")
        @Required
        @Size(min = 1, max = 100) String cron,
    @JsonPropertyDescription(
            "Time zone of the expression, such as `Europe/Berlin`. Defaults to `Etc/UTC`.")
        @Size(min = 1, max = 64) @Nullable String timeZone) {}
