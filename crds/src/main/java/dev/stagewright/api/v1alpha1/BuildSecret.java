package dev.stagewright.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;

/** A secret for secret mounts. */
public record BuildSecret(
    @JsonPropertyDescription(
            "ID that `RUN --mount=type=secret,id=…` refers to. Secrets whose ID starts with"
                + " `GIT_AUTH_` or `HTTP_AUTH_` are also used by ADD instructions that fetch"
                + " private repositories and URLs.")
        @Required
        @Size(min = 1, max = 253) @ValidationRule(
            value =
                "!self.startsWith('/') && !self.startsWith('..')"
                    + " && !self.split('/').exists(part, part == '..')",
            message = "must not start with / or .. and must not contain a path segment ..")
        String id,
    @JsonPropertyDescription("Key of a Secret that contains the value.") @Required
        SecretKey secret) {

  /** A value in a Secret. */
  public record SecretKey(
      @JsonPropertyDescription("Name of the Secret in the same namespace.")
          @Required
          @Size(min = 1, max = 253) String name,
      @JsonPropertyDescription("Key to select.") @Required @Size(min = 1, max = 253) String key) {}
}
