package dev.stagewright.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;

/** SSH keys for instructions that ask for an agent. */
public record BuildSshKeys(
    @JsonPropertyDescription(
            "The id that `RUN --mount=type=ssh,id=…` names; `default` where it names none.")
        @Required
        @Size(max = 128) @ValidationRule(
            value = "self.matches('^[A-Za-z0-9_][A-Za-z0-9._-]*$')",
            message =
                "must consist of letters, digits, '.', '_' and '-', and begin with a letter, a"
                    + " digit or '_', such as default")
        String id,
    @JsonPropertyDescription(
            "A Secret in the same namespace, of type kubernetes.io/ssh-auth or any other: all its"
                + " values that are private keys are taken.")
        @Required
        LocalReference secret) {}
