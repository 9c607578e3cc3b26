package dev.stagewright.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;
import org.jspecify.annotations.Nullable;

/** A volume as source. */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record ClaimSource(
    @JsonPropertyDescription(
            "Name of a PersistentVolumeClaim in the same namespace. It is only read.")
        @Required
        @Size(min = 1, max = 253) String claimName,
    @JsonPropertyDescription(
            "Folder of the volume that is the root of the source. Default: the whole volume.")
        @Size(min = 1, max = 1024) @ValidationRule(
            value = "!self.startsWith('/') && !self.split('/').exists(part, part == '..')",
            message = "must be relative to the volume's root, without ..")
        @Nullable String path) {}
