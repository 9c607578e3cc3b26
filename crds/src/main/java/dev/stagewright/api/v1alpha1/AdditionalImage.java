package dev.stagewright.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Default;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A further repository that the image goes to. */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record AdditionalImage(
    @JsonPropertyDescription("The image to push, `registry/repository:tag`, as `output.image`.")
        @Required
        @Size(min = 1, max = 384) @ValidationRule(
            value = "!self.contains('@')",
            message = "an output has a tag, not a digest: the digest comes out of the build")
        String image,
    @JsonPropertyDescription("Further tags in its repository.") @Size(max = 32) List<String> tags,
    @JsonPropertyDescription(
            "A Secret of type kubernetes.io/dockerconfigjson with the credentials to push with."
                + " Default: those of `output.credentials`.")
        @Nullable LocalReference credentials,
    @JsonPropertyDescription("Talk to its registry by plain http.") @Default("false")
        boolean insecure,
    @JsonPropertyDescription("Certificates to trust for its registry, in PEM.")
        @Nullable CertificateSource caBundle) {

  /** Absent tags are none. */
  public AdditionalImage {
    tags = Absent.asEmpty(tags);
  }
}
