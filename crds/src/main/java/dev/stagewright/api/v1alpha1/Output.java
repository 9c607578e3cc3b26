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

/** Destination and format of the image. */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record Output(
    @JsonPropertyDescription(
            "Image reference to push to, `registry/repository:tag`, such as"
                + " `harbor.example.com/team/hello:1.0`. The tag defaults to `latest`.")
        @Required
        @Size(min = 1, max = 384) @ValidationRule(
            value = "!self.contains('@')",
            message = "must not contain a digest: the build determines the digest; use a tag")
        String image,
    @JsonPropertyDescription(
            "Secret of type kubernetes.io/dockerconfigjson in the same namespace with push"
                + " credentials. It is mounted only in the container `publish` of the worker Pod.")
        @Nullable LocalReference credentials,
    @JsonPropertyDescription(
            "Connect to the registry over plain HTTP. Use it only for registries on a test"
                + " network. The configuration of the operator can enable it for all builds.")
        @Default("false")
        boolean insecure,
    @JsonPropertyDescription(
            "Compression of layers. `gzip` is supported by all registries and runtimes. `zstd`"
                + " produces smaller layers and is faster.")
        @Default("gzip")
        Compression compression,
    @JsonPropertyDescription(
            "Unix time in seconds for reproducible builds. Modification times of files that are"
                + " later than this time are set to it, and it is used as the creation time of"
                + " the image, so that builds at different times produce the same digest.")
        @Min(0) @Nullable Long sourceDateEpoch,
    @JsonPropertyDescription(
            "Additional tags in the repository of `image`. Tags can contain the variables"
                + " `{{.Commit}}`, `{{.ShortCommit}}`, `{{.Branch}}`, `{{.Date}}`, `{{.Time}}`,"
                + " `{{.Name}}`, `{{.Namespace}}` and `{{.Generation}}`.")
        @Size(max = 32) List<String> tags,
    @JsonPropertyDescription(
            "Additional repositories to push the image to. Each blob is uploaded once per"
                + " registry.")
        @Size(max = 16) List<AdditionalImage> additionalImages,
    @JsonPropertyDescription(
            "Labels to add to the image config. They override labels of the Dockerfile.")
        @Size(max = 64) Map<String, String> labels,
    @JsonPropertyDescription(
            "Annotations to add to the image manifest. By default, the annotations for source,"
                + " revision, creation time, and name and digest of the base image are set if the"
                + " values are known.")
        @Size(max = 64) Map<String, String> annotations,
    @JsonPropertyDescription(
            "Media types of the manifest, the config and the layers: `oci`, or `docker` for"
                + " registries and runtimes without OCI support.")
        @Default("oci")
        MediaTypes mediaTypes,
    @JsonPropertyDescription("PEM-encoded CA certificates to trust for the registry.")
        @Nullable CertificateSource caBundle,
    @JsonPropertyDescription(
            "ConfigMap to write the pushed image to, for use by GitOps tools. Its keys are"
                + " `image` (reference with digest), `repository`, `tag` and `digest`. The"
                + " ConfigMap is created if it does not exist. If it exists, its annotation"
                + " `stagewright.dev/imagebuild` must be the name of this ImageBuild.")
        @Nullable LocalReference configMap,
    @JsonPropertyDescription("Features that only Harbor registries support.")
        @Nullable Harbor harbor) {

  /** Applies the defaults of the schema. */
  public Output {
    compression = compression == null ? Compression.gzip : compression;
    tags = Absent.asEmpty(tags);
    additionalImages = Absent.asEmpty(additionalImages);
    labels = Absent.asEmpty(labels);
    annotations = Absent.asEmpty(annotations);
    mediaTypes = mediaTypes == null ? MediaTypes.oci : mediaTypes;
  }

  /** Media types of an image. */
  public enum MediaTypes {
    oci,
    docker
  }

  /** Compression of layers. */
  public enum Compression {
    gzip,
    zstd
  }
}
