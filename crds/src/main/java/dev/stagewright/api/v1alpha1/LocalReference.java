package dev.stagewright.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;

/** A reference to an object in the namespace of the ImageBuild. */
public record LocalReference(
    @JsonPropertyDescription("Name of the object in the same namespace.")
        @Required
        @Size(min = 1, max = 253) String name) {}
