package dev.stagewright.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.ValidationRule;
import org.jspecify.annotations.Nullable;

/** Where Dockerfile and build context come from. */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
@ValidationRule(
    value =
        "[has(self.git), has(self.inline), has(self.configMap), has(self.persistentVolumeClaim)]"
            + ".filter(set, set).size() == 1",
    message = "exactly one of git, inline, configMap and persistentVolumeClaim must be set")
public record Source(
    @JsonPropertyDescription("A git repository, fetched over http or https.")
        @Nullable GitSource git,
    @JsonPropertyDescription("A Dockerfile and small files written into this resource.")
        @Nullable InlineSource inline,
    @JsonPropertyDescription(
            "A ConfigMap in the same namespace. Its keys are files at the root of the build"
                + " context; one of them is the Dockerfile.")
        @Nullable LocalReference configMap,
    @JsonPropertyDescription(
            "A volume in the same namespace. Its files are taken exactly as they are, but for their"
                + " owner, which is root.")
        @Nullable ClaimSource persistentVolumeClaim) {}
