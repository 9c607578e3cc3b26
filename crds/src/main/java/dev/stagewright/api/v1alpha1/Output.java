package dev.stagewright.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Default;
import io.fabric8.generator.annotation.Min;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Where the image goes. */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record Output(
    @JsonPropertyDescription(
            "The image to push, `registry/repository:tag`, for example"
                + " `harbor.example.com/team/hello:1.0`. Without a tag it is `latest`.")
        @Required
        @Size(min = 1, max = 384) @ValidationRule(
            value = "!self.contains('@')",
            message = "an output has a tag, not a digest: the digest comes out of the build")
        String image,
    @JsonPropertyDescription(
            "A Secret of type kubernetes.io/dockerconfigjson in the same namespace with the"
                + " credentials to push with. Only the Pods check and push get it.")
        @Nullable LocalReference credentials,
    @JsonPropertyDescription(
            "Talk to the output's registry by plain http. For registries on a test network only;"
                + " the operator's configuration can say the same for all builds.")
        @Default("false")
        boolean insecure,
    @JsonPropertyDescription(
            "How layers are compressed. `gzip` is what every registry and runtime takes; `zstd` is"
                + " smaller and faster.")
        @Default("gzip")
        Compression compression,
    @JsonPropertyDescription(
            "Seconds since 1970. Times of files after it become it, and the image's creation time is"
                + " it, so that builds at different times give the same digest.")
        @Min(0) @Nullable Long sourceDateEpoch,
    @JsonPropertyDescription(
            "Further tags in the repository of `image`. Tags may hold templates: `{{.Commit}}`,"
                + " `{{.ShortCommit}}`, `{{.Branch}}`, `{{.Date}}`, `{{.Time}}`, `{{.Name}}`,"
                + " `{{.Namespace}}`, `{{.Generation}}`.")
        @Size(max = 32) List<String> tags,
    @JsonPropertyDescription(
            "Further repositories that the image goes to. Blobs go up once for each registry.")
        @Size(max = 16) List<AdditionalImage> additionalImages,
    @JsonPropertyDescription("Labels of the image's config, over those of the Dockerfile.")
        @Size(max = 64) Map<String, String> labels,
    @JsonPropertyDescription(
            "Annotations of the image's manifest. Source, revision, creation time, and name and"
                + " digest of the base image are set where they are known and not set here.")
        @Size(max = 64) Map<String, String> annotations,
    @JsonPropertyDescription(
            "Media types of manifest, config and layers: `oci`, or `docker` for registries and"
                + " runtimes that know nothing else.")
        @Default("oci")
        MediaTypes mediaTypes,
    @JsonPropertyDescription("Certificates to trust for the output's registry, in PEM.")
        @Nullable CertificateSource caBundle,
    @JsonPropertyDescription(
            "A ConfigMap to write the pushed image into, for GitOps tools: `image` (reference with"
                + " digest), `repository`, `tag`, `digest`. It is created if need be.")
        @Nullable LocalReference configMap,
    @JsonPropertyDescription("What only Harbor can do.") @Nullable Harbor harbor) {

  /** Fills in the schema's defaults. */
  public Output {
    compression = compression == null ? Compression.gzip : compression;
    tags = Absent.asEmpty(tags);
    additionalImages = Absent.asEmpty(additionalImages);
    labels = Absent.asEmpty(labels);
    annotations = Absent.asEmpty(annotations);
    mediaTypes = mediaTypes == null ? MediaTypes.oci : mediaTypes;
  }

  /** Whose media types an image has. */
  public enum MediaTypes {
    oci,
    docker
  }

  /** How layers are compressed. */
  public enum Compression {
    gzip,
    zstd
  }
}
