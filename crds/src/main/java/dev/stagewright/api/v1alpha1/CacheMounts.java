package dev.stagewright.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;

/** Storage for cache mounts that is shared between builds. */
public record CacheMounts(
    @JsonPropertyDescription(
            "Name of a PersistentVolumeClaim in the same namespace. It is mounted only in"
                + " stages with cache mounts. Builds that use the same claim share their caches.")
        @Required
        @Size(min = 1, max = 253) String claimName) {}
