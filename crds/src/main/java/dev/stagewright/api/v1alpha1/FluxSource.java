package dev.stagewright.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;
import org.jspecify.annotations.Nullable;

/** A source that Flux fetches. */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record FluxSource(
    @JsonPropertyDescription("Kind of the Flux object, in the API group source.toolkit.fluxcd.io.")
        @Required
        Kind kind,
    @JsonPropertyDescription("Name of the Flux object in the same namespace.")
        @Required
        @Size(min = 1, max = 253) String name,
    @JsonPropertyDescription(
            "Directory of the artifact to use as the root of the source. Defaults to the root of"
                + " the artifact.")
        @Size(min = 1, max = 1024) @ValidationRule(value = SourceDirectory.RULE, message = SourceDirectory.MESSAGE)
        @Nullable String directory) {

  /** Kinds of Flux objects with an artifact. */
  public enum Kind {
    GitRepository,
    OCIRepository,
    Bucket
  }
}
