package dev.stagewright.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;
import org.jspecify.annotations.Nullable;

/** A source on a PersistentVolumeClaim. */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record ClaimSource(
    @JsonPropertyDescription(
            "Name of a PersistentVolumeClaim in the same namespace. It is mounted read-only.")
        @Required
        @Size(min = 1, max = 253) String claimName,
    @JsonPropertyDescription(
            "Directory of the volume to use as the root of the source. Defaults to the root of"
                + " the volume.")
        @Size(min = 1, max = 1024) @ValidationRule(
            value = "!self.startsWith('/') && !self.split('/').exists(part, part == '..')",
            message = "must be a path relative to the root of the volume, without ..")
        @Nullable String path) {}
