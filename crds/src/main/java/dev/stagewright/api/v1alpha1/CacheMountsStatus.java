package dev.stagewright.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import org.jspecify.annotations.Nullable;

/** The storage of the cache mounts of a run. */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record CacheMountsStatus(
    @JsonPropertyDescription(
            "`Claim` if the caches are on a PersistentVolumeClaim that outlasts the run,"
                + " `Workspace` if they last for the run.")
        Storage storage,
    @JsonPropertyDescription("Name of the claim. Not set for `Workspace`.")
        @Nullable String claimName,
    @JsonPropertyDescription(
            "Why the run uses this storage. `Requested`: the spec names it. `Configured`: the"
                + " operator's configuration provides the claim. `NotConfigured`: neither does."
                + " `ClaimUnavailable`: the claim of the operator's configuration cannot be used.")
        Reason reason,
    @JsonPropertyDescription("Human-readable explanation.") String message) {

  /** Kinds of storage. */
  public enum Storage {
    /** A claim that outlasts the run. */
    Claim,
    /** The workspace of the run. */
    Workspace
  }

  /** Why a run uses its storage. */
  public enum Reason {
    /** The spec names it. */
    Requested,
    /** The operator's configuration provides the claim. */
    Configured,
    /** Neither the spec nor the operator's configuration names a claim. */
    NotConfigured,
    /** The claim of the operator's configuration cannot be used. */
    ClaimUnavailable
  }
}
