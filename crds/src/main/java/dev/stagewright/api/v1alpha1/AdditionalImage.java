package dev.stagewright.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** An additional repository to push the image to. */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record AdditionalImage(
    @JsonPropertyDescription(
            "Image reference to push to, `registry/repository:tag`, with the same format as"
                + " `output.image`.")
        @Required
        @Size(min = 1, max = 384) @ValidationRule(
            value = "!self.contains('@')",
            message = "must not contain a digest: the build determines the digest; use a tag")
        String image,
    @JsonPropertyDescription("Additional tags in the repository of this image.") @Size(max = 32) List<String> tags,
    @JsonPropertyDescription(
            "Secret of type kubernetes.io/dockerconfigjson with push credentials. Defaults to"
                + " `output.credentials`.")
        @Nullable LocalReference credentials,
    @JsonPropertyDescription("Connect to the registry over plain HTTP. Defaults to `false`.")
        boolean insecure,
    @JsonPropertyDescription("PEM-encoded CA certificates to trust for the registry.")
        @Nullable CertificateSource caBundle) {

  /** Replaces absent tags by an empty list. */
  public AdditionalImage {
    tags = Absent.asEmpty(tags);
  }
}
