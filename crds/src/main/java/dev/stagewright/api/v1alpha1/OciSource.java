package dev.stagewright.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;
import org.jspecify.annotations.Nullable;

/** A source in an OCI artifact or an image. */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record OciSource(
    @JsonPropertyDescription(
            "Reference of the artifact or image, `registry/repository:tag` or"
                + " `registry/repository@sha256:…`. `status.source.digest` contains the digest that"
                + " was built.")
        @Required
        @Size(min = 1, max = 512) @ValidationRule(
            value = "!self.startsWith('oci://')",
            message = "must be a reference without oci://, such as registry.example.com/app:1.0")
        String image,
    @JsonPropertyDescription(
            "Media type of the layer to use, which must be an archive. By default, all layers of an"
                + " image are used, and of another artifact its only layer.")
        @Size(min = 1, max = 255) @Nullable String mediaType,
    @JsonPropertyDescription(
            "Directory of the files to use as the root of the source. Defaults to all files.")
        @Size(min = 1, max = 1024) @ValidationRule(value = SourceDirectory.RULE, message = SourceDirectory.MESSAGE)
        @Nullable String directory,
    @JsonPropertyDescription(
            "Secret of type kubernetes.io/dockerconfigjson in the same namespace with pull"
                + " credentials. By default, `imagePullSecrets` and those of the ServiceAccount are"
                + " used.")
        @Nullable LocalReference credentials,
    @JsonPropertyDescription("PEM-encoded CA certificates to trust for the registry.")
        @Nullable CertificateSource caBundle,
    @JsonPropertyDescription(
            "Connect to the registry over plain HTTP. Use it only for registries on a test"
                + " network. Defaults to false.")
        @Nullable Boolean insecure) {}
