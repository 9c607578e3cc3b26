package dev.stagewright.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Default;
import io.fabric8.generator.annotation.Required;

/** Signatures that a Git source must have. */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record GitVerification(
    @JsonPropertyDescription(
            "Objects that must be signed. `Head` is the commit, `Tag` the annotated tag that `revision`"
                + " names, and `TagAndHead` both.")
        @Default("Head")
        Mode mode,
    @JsonPropertyDescription(
            "Secret in the same namespace with the keys of those who may sign: OpenPGP public keys, SSH"
                + " public keys, or an `allowed_signers` file of OpenSSH. The key `revoked_keys` can"
                + " contain revoked SSH keys.")
        @Required
        LocalReference keys) {

  /** Applies the default of the schema. */
  public GitVerification {
    mode = mode == null ? Mode.Head : mode;
  }

  /** Objects that must be signed. */
  public enum Mode {
    Head,
    Tag,
    TagAndHead
  }
}
