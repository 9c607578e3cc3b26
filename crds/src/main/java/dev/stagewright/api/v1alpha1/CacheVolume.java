package dev.stagewright.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;

/** Where cache mounts are kept from one build to the next. */
public record CacheVolume(
    @JsonPropertyDescription(
            "Name of a PersistentVolumeClaim in the same namespace. Only stages with cache mounts"
                + " get it. Builds that name the same claim share their caches.")
        @Required
        @Size(min = 1, max = 253) String claimName) {}
