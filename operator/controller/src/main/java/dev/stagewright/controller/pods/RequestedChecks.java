package dev.stagewright.controller.pods;

import dev.stagewright.api.v1alpha1.CheckExemption;
import dev.stagewright.api.v1alpha1.Checks;
import dev.stagewright.protocol.CheckRequest;
import dev.stagewright.protocol.CheckRequest.Exemption;
import dev.stagewright.protocol.CheckRequest.Runnability;
import io.fabric8.kubernetes.api.model.Quantity;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Converts the checks of a spec to those of a request. */
record RequestedChecks(Checks checks) {

  /**
   * The checks; empty if the image is not checked.
   *
   * @throws IllegalArgumentException if a date does not exist; the message names the field
   */
  Optional<CheckRequest> request() {
    return checks.disabled()
        ? Optional.empty()
        : Optional.of(
            new CheckRequest(runnability(), maxSize(), checks.failOn(), List.copyOf(exemptions())));
  }

  private Runnability runnability() {
    return switch (checks.runnable()) {
      case Warn -> Runnability.WARN;
      case Fail -> Runnability.FAIL;
      case Off -> Runnability.OFF;
    };
  }

  private Optional<Long> maxSize() {
    return Optional.ofNullable(checks.maxSize())
        .map(Quantity::getNumericalAmount)
        .map(amount -> amount.longValue());
  }

  private List<Exemption> exemptions() {
    var exemptions = new ArrayList<Exemption>();
    for (var exemption : checks.exceptions()) {
      exemptions.add(
          new Exemption(
              exemption.rule(),
              Optional.ofNullable(exemption.path()),
              exemption.reason(),
              expiry(exemption, "spec.checks.exceptions[" + exemptions.size() + "].expires")));
    }
    return exemptions;
  }

  private static Optional<String> expiry(CheckExemption exemption, String field) {
    try {
      return Optional.ofNullable(exemption.expires())
          .map(LocalDate::parse)
          .map(LocalDate::toString);
    } catch (DateTimeException _) {
      throw new IllegalArgumentException(
          field + ": " + exemption.expires() + " does not exist; use a date such as 2030-12-31");
    }
  }
}
