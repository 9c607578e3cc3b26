package dev.stagewright.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;

/** What started a run. */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record TriggerStatus(
    @JsonPropertyDescription("Kind of the trigger.") Type type,
    @JsonPropertyDescription("Human-readable details.") String message) {

  /** Kinds of triggers. */
  public enum Type {
    /** The ImageBuild was created, or its spec was changed. */
    Spec,
    /** The annotation {@code stagewright.dev/rebuild} was set or changed. */
    Rebuild,
    /** A time of {@code spec.schedule}. */
    Schedule,
    /** A new artifact of {@code spec.source.flux}. */
    Artifact
  }
}
