package dev.stagewright.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import org.jspecify.annotations.Nullable;

/** A toleration of the Pod of a stage. */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record StageToleration(
    @JsonPropertyDescription(
            "Key of the taint that the toleration applies to. If not set, it applies to all"
                + " keys.")
        @Nullable String key,
    @JsonPropertyDescription(
            "Relationship between key and value, `Equal` or `Exists`. Defaults to `Equal`.")
        @Nullable String operator,
    @JsonPropertyDescription("Value of the taint, if the operator is `Equal`.")
        @Nullable String value,
    @JsonPropertyDescription(
            "Effect of the taint: `NoSchedule`, `PreferNoSchedule` or `NoExecute`. If not set,"
                + " the toleration applies to all effects.")
        @Nullable String effect,
    @JsonPropertyDescription(
            "Time in seconds that a taint with the effect `NoExecute` is tolerated. If not set,"
                + " it is tolerated forever.")
        @Nullable Long tolerationSeconds) {}
