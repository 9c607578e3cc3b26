package dev.stagewright.e2e.conformance.build;

import dev.stagewright.e2e.Build;
import java.util.Optional;

/**
 * What the checks of a build say about its image, compared with a Pod of the image.
 *
 * @param image reference with digest
 */
record CheckedImage(Build build, String image) {

  /** What is wrong; empty if nothing is. */
  Optional<String> problem() {
    // On a busy machine, checks may take too long; that is not a fault.
    var internalError =
        build.list("findings").stream()
            .filter(finding -> "AnalysisIncomplete".equals(finding.get("rule")))
            .map(finding -> String.valueOf(finding.get("message")))
            .filter(message -> message.contains("internal error"))
            .findFirst();
    return internalError.or(this::falseAlarm);
  }

  /** Only images that are said not to start have to be run. */
  private Optional<String> falseAlarm() {
    if (!build.text("checks", "runnable").equals("False")) {
      return Optional.empty();
    }
    var outcome = build.namespace().outcome(build.name() + "-run", image);
    return outcome.hasStarted()
        ? Optional.of("said not to start, but " + outcome + ": " + build.text("findings"))
        : Optional.empty();
  }
}
