package dev.stagewright.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;
import org.jspecify.annotations.Nullable;

/** Findings that are accepted, and why. */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record CheckExemption(
    @JsonPropertyDescription("Name of the rule, such as `SecretInFile`.")
        @Required
        @Size(max = 64) @Pattern("^[A-Z][A-Za-z0-9]+$") String rule,
    @JsonPropertyDescription(
            "Absolute path of a file in the image, with `*` and `?` for parts of a name and `**` for"
                + " any number of directories, such as `/app/test/**`. If not set, all findings of"
                + " the rule are accepted.")
        @Size(max = 1024) @ValidationRule(
            value = "self.startsWith('/')",
            message = "must be an absolute path, such as /app/test/**")
        @Nullable String path,
    @JsonPropertyDescription("Why the findings are accepted.") @Required @Size(min = 1, max = 512) String reason,
    @JsonPropertyDescription(
            "Last day of the exception in UTC, such as `2030-12-31`. After it, the findings are"
                + " reported again. If not set, the exception does not expire.")
        @Size(max = 10) @ValidationRule(
            value = "self.matches('^[0-9]{4}-[0-9]{2}-[0-9]{2}$')",
            message = "must be a date such as 2030-12-31")
        @Nullable String expires) {}
