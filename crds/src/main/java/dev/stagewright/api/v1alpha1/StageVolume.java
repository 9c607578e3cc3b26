package dev.stagewright.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Default;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;
import org.jspecify.annotations.Nullable;

/** A volume that the instructions of a stage see. */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
@ValidationRule(
    value =
        "(has(self.configMap) ? 1 : 0) + (has(self.secret) ? 1 : 0)"
            + " + (has(self.persistentVolumeClaim) ? 1 : 0) == 1",
    message = "exactly one of configMap, secret and persistentVolumeClaim must be set")
public record StageVolume(
    @JsonPropertyDescription("Where it is mounted: an absolute path without colons.")
        @Required
        @Size(max = 1024) @ValidationRule(
            value = "self.matches('^/[^:]+$')",
            message = "must be an absolute path other than / and without colons, such as /data")
        String mountPath,
    @JsonPropertyDescription("Path inside the volume. Default: all of it.")
        @Size(min = 1, max = 1024) @Nullable String subPath,
    @JsonPropertyDescription("Whether it can only be read.") @Default("true") boolean readOnly,
    @JsonPropertyDescription("A ConfigMap in the same namespace.")
        @Nullable LocalReference configMap,
    @JsonPropertyDescription("A Secret in the same namespace.") @Nullable LocalReference secret,
    @JsonPropertyDescription("A PersistentVolumeClaim in the same namespace.")
        @Nullable LocalReference persistentVolumeClaim) {}
