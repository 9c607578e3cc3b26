package dev.stagewright.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;

/** A secret for instructions that ask for it. */
public record BuildSecret(
    @JsonPropertyDescription(
            "The id that `RUN --mount=type=secret,id=…` names. Those that begin with `GIT_AUTH_` and"
                + " `HTTP_AUTH_` are for ADD of private repositories and URLs too.")
        @Required
        @Size(min = 1, max = 253) @ValidationRule(
            value =
                "!self.startsWith('/') && !self.startsWith('..')"
                    + " && !self.split('/').exists(part, part == '..')",
            message = "must not begin with / or .. or have a part that is ..")
        String id,
    @JsonPropertyDescription("Where its value is.") @Required SecretKey secret) {

  /** A value in a Secret. */
  public record SecretKey(
      @JsonPropertyDescription("Name of the Secret, in the same namespace.")
          @Required
          @Size(min = 1, max = 253) String name,
      @JsonPropertyDescription("Which of its values.") @Required @Size(min = 1, max = 253) String key) {}
}
