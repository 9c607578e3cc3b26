package dev.stagewright.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;
import org.jspecify.annotations.Nullable;

/** A volume that is mounted for the instructions of a stage. */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
@ValidationRule(
    value =
        "(has(self.configMap) ? 1 : 0) + (has(self.secret) ? 1 : 0)"
            + " + (has(self.persistentVolumeClaim) ? 1 : 0) == 1",
    message = "exactly one of configMap, secret and persistentVolumeClaim must be set")
public record StageVolume(
    @JsonPropertyDescription(
            "Path in the container where the volume is mounted. Must be absolute and cannot"
                + " contain a colon.")
        @Required
        @Size(max = 1024) @ValidationRule(
            value = "self.matches('^/[^:]+$')",
            message = "must be an absolute path other than /, without colons, such as /data")
        String mountPath,
    @JsonPropertyDescription("Path in the volume to mount. Defaults to the root of the volume.")
        @Size(min = 1, max = 1024) @Nullable String subPath,
    @JsonPropertyDescription("Mount the volume read-only. Defaults to `true`.") Boolean readOnly,
    @JsonPropertyDescription("ConfigMap in the same namespace.") @Nullable LocalReference configMap,
    @JsonPropertyDescription("Secret in the same namespace.") @Nullable LocalReference secret,
    @JsonPropertyDescription("PersistentVolumeClaim in the same namespace.")
        @Nullable LocalReference persistentVolumeClaim) {

  /** Replaces an absent {@code readOnly} by true. */
  public StageVolume {
    readOnly = readOnly == null ? Boolean.TRUE : readOnly;
  }
}
