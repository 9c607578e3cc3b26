package dev.stagewright.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Default;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;
import io.fabric8.kubernetes.api.model.Quantity;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Which checks of the image a build makes, and which of their findings hold its tags back. */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
@ValidationRule(
    value =
        "!has(self.disabled) || !self.disabled || (!has(self.maxSize) && (!has(self.failOn) ||"
            + " size(self.failOn) == 0) && (!has(self.runnable) || self.runnable != 'Fail'))",
    message =
        "disabled: true also switches off the gates; remove it, or remove maxSize, failOn and"
            + " runnable: Fail")
public record Checks(
    @JsonPropertyDescription(
            "What to do if the program of the image cannot start. `Warn` reports it. `Fail` also"
                + " fails the build without moving its tags. `Off` does not check it.")
        @Default("Warn")
        RunnableCheck runnable,
    @JsonPropertyDescription(
            "Maximum size of the image, as the sum of its compressed layers and its config, such as"
                + " `50Mi`. The build of a larger image fails without moving its tags.")
        @ValidationRule(
            value =
                "isQuantity(string(self)) && quantity(string(self)).isGreaterThan(quantity('0'))",
            message = "must be a quantity of bytes greater than 0, such as 500Ki, 50Mi or 52428800")
        @Nullable Quantity maxSize,
    @JsonPropertyDescription(
            "Rules, such as `SecretInFile`, and severities, `Error`, `Warning` or `Hint`. A finding"
                + " of one of these rules, or of one of these severities or a worse one, fails the"
                + " build without moving its tags.")
        @Size(max = 64) List<@Size(max = 64) @Pattern("^[A-Z][A-Za-z0-9]+$") String> failOn,
    @JsonPropertyDescription(
            "Findings that are accepted: they are not reported, and do not fail the build.")
        @Size(max = 64) List<CheckExemption> exceptions,
    @JsonPropertyDescription(
            "Do not check the image, and do not store a report of it. Lint is not affected.")
        @Default("false")
        boolean disabled) {

  /** The default checks. */
  public static final Checks DEFAULT =
      new Checks(RunnableCheck.Warn, null, List.of(), List.of(), false);

  /** Applies the defaults of the schema. */
  public Checks {
    runnable = runnable == null ? RunnableCheck.Warn : runnable;
    failOn = Absent.asEmpty(failOn);
    exceptions = Absent.asEmpty(exceptions);
  }

  /** What to do if the program of the image cannot start. */
  public enum RunnableCheck {
    /** Report it. */
    Warn,
    /** Fail the build. */
    Fail,
    /** Do not check it. */
    Off
  }
}
