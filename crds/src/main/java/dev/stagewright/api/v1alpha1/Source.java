package dev.stagewright.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.ValidationRule;
import org.jspecify.annotations.Nullable;

/** Source of the Dockerfile and the build context. */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
@ValidationRule(
    value =
        "[has(self.git), has(self.inline), has(self.configMap), has(self.persistentVolumeClaim),"
            + " has(self.http), has(self.oci), has(self.flux), has(self.stream)]"
            + ".filter(set, set).size() == 1",
    message =
        "exactly one of git, inline, configMap, persistentVolumeClaim, http, oci, flux and stream"
            + " must be set")
public record Source(
    @JsonPropertyDescription("Git repository that is fetched over HTTPS, HTTP or SSH.")
        @Nullable GitSource git,
    @JsonPropertyDescription("Dockerfile and small files that are part of this resource.")
        @Nullable InlineSource inline,
    @JsonPropertyDescription(
            "ConfigMap in the same namespace. Each key is a file in the root of the build"
                + " context. One of the files must be the Dockerfile.")
        @Nullable LocalReference configMap,
    @JsonPropertyDescription(
            "PersistentVolumeClaim in the same namespace. Files are used without changes,"
                + " except that their owner is root.")
        @Nullable ClaimSource persistentVolumeClaim,
    @JsonPropertyDescription("Archive on a web server.") @Nullable HttpSource http,
    @JsonPropertyDescription(
            "OCI artifact, such as one of `flux push artifact` or `oras push`, or an image whose"
                + " files are the source.")
        @Nullable OciSource oci,
    @JsonPropertyDescription(
            "Artifact of a Flux source in the same namespace. A new revision of the artifact starts"
                + " a run.")
        @Nullable FluxSource flux,
    @JsonPropertyDescription(
            "Files that a client sends to the worker Pod of each run, as `stagewright build` does."
                + " Every run needs a client.")
        @Nullable StreamSource stream) {}
