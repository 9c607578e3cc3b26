package dev.stagewright.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import org.jspecify.annotations.Nullable;

/** A taint that a stage's Pod bears, as Pods have it. */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record StageToleration(
    @JsonPropertyDescription("Key of the taint. Default: all keys.") @Nullable String key,
    @JsonPropertyDescription("`Equal` (the default) or `Exists`.") @Nullable String operator,
    @JsonPropertyDescription("Value of the taint, for `Equal`.") @Nullable String value,
    @JsonPropertyDescription(
            "`NoSchedule`, `PreferNoSchedule` or `NoExecute`. Default: all effects.")
        @Nullable String effect,
    @JsonPropertyDescription("How long `NoExecute` is borne, in seconds. Default: for ever.")
        @Nullable Long tolerationSeconds) {}
