package dev.stagewright.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Default;
import io.fabric8.generator.annotation.ValidationRule;
import io.fabric8.kubernetes.api.model.Quantity;
import org.jspecify.annotations.Nullable;

/** A source that a client sends to the container prepare of each run. */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record StreamSource(
    @JsonPropertyDescription(
            "Time that prepare waits for a client, and then for more data of the source, as a"
                + " duration such as `5m`. After this time, the run fails with reason"
                + " SourceNotReceived.")
        @Default(StreamSource.DEFAULT_TIMEOUT)
        @ValidationRule(
            value =
                "type(self) == string && size(self) <= 32"
                    + " && self.matches('^([0-9]+(\\\\.[0-9]+)?(ms|s|m|h))+$') && duration(self) >="
                    + " duration('1s')",
            message = "must be a duration of at least 1s, with a unit, such as 90s or 5m")
        String timeout,
    @JsonPropertyDescription(
            "Maximum size of the source. A larger source fails with reason SourceTooLarge. If not"
                + " set, the size of the workspace is the limit.")
        @ValidationRule(
            value =
                "isQuantity(string(self)) && quantity(string(self)).isGreaterThan(quantity('0'))",
            message =
                "must be a quantity of bytes greater than 0, such as 500Mi, 10Gi or 10737418240")
        @Nullable Quantity maxSize) {

  /** The default time to wait for a client. */
  public static final String DEFAULT_TIMEOUT = "5m";

  /** Applies the defaults of the schema. */
  public StreamSource {
    timeout = timeout == null ? DEFAULT_TIMEOUT : timeout;
  }
}
