package dev.stagewright.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;

/** Private keys for SSH mounts. */
public record BuildSshKeys(
    @JsonPropertyDescription(
            "ID that `RUN --mount=type=ssh,id=…` refers to. A mount without an ID refers to"
                + " `default`.")
        @Required
        @Size(max = 128) @ValidationRule(
            value = "self.matches('^[A-Za-z0-9_][A-Za-z0-9._-]*$')",
            message =
                "must consist of letters, digits, '.', '_' and '-', and start with a letter, a"
                    + " digit or '_', such as default")
        String id,
    @JsonPropertyDescription(
            "Secret in the same namespace, of type kubernetes.io/ssh-auth or any other type."
                + " All values that are private keys are used.")
        @Required
        LocalReference secret) {}
