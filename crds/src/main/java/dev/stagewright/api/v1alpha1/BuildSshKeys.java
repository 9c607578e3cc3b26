package dev.stagewright.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;

/** SSH keys for instructions that ask for an agent. */
public record BuildSshKeys(
    @JsonPropertyDescription(
            "The id that `RUN --mount=type=ssh,id=…` names; `default` where it names none.")
        @Required
        @Pattern("^[A-Za-z0-9_][A-Za-z0-9._-]*$") @Size(max = 128) String id,
    @JsonPropertyDescription(
            "A Secret in the same namespace, of type kubernetes.io/ssh-auth or any other: all its"
                + " values that are private keys are taken.")
        @Required
        LocalReference secret) {}
