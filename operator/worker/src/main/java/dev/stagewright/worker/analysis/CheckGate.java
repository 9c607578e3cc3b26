package dev.stagewright.worker.analysis;

import dev.stagewright.protocol.CheckRequest;
import dev.stagewright.protocol.CheckRequest.Runnability;
import dev.stagewright.protocol.Failure;
import dev.stagewright.protocol.FailureReason;
import dev.stagewright.protocol.ImageChecks;
import dev.stagewright.protocol.ImageChecks.Severity;
import java.util.List;
import java.util.Locale;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/**
 * Decides which findings hold the tags back.
 *
 * @param request the checks of the build
 * @param isAboutStart whether a rule says that the program of the image cannot start
 */
public record CheckGate(CheckRequest request, Predicate<String> isAboutStart) {
  private static final int SHOWN = 3;

  /** The findings that do not pass, of those that the build does not accept. */
  public List<ImageChecks.Finding> failing(List<ImageChecks.Finding> findings) {
    return findings.stream().filter(this::fails).toList();
  }

  private boolean fails(ImageChecks.Finding finding) {
    return request.failOn().contains(finding.rule())
        || request.failOn().stream().anyMatch(entry -> isAtLeast(finding.severity(), entry))
        || (request.isGate() && finding.rule().equals(FoundInImage.INCOMPLETE))
        || (request.runnable() == Runnability.FAIL
            && finding.severity() == Severity.ERROR
            && isAboutStart.test(finding.rule()));
  }

  private static boolean isAtLeast(Severity severity, String entry) {
    for (var limit : Severity.values()) {
      if (nameOf(limit).equals(entry)) {
        return severity.compareTo(limit) <= 0;
      }
    }
    return false;
  }

  /** The name of a severity in the API. */
  static String nameOf(Severity severity) {
    var name = severity.name();
    return name.charAt(0) + name.substring(1).toLowerCase(Locale.ROOT);
  }

  /** The failure of a build whose findings do not pass. */
  public static Failure failure(List<ImageChecks.Finding> failing) {
    var first = failing.getFirst();
    var message = new StringBuilder("spec.checks holds the tags back: ");
    message
        .append(failing.size() == 1 ? "1 finding does" : failing.size() + " findings do")
        .append(" not pass\n")
        .append(
            failing.stream()
                .limit(SHOWN)
                .map(finding -> "- " + describe(finding) + "\n")
                .collect(Collectors.joining()));
    if (failing.size() > SHOWN) {
      message.append("- … and ").append(failing.size() - SHOWN).append(" more\n");
    }
    message
        .append("to accept a finding, add it to spec.checks.exceptions: {rule: ")
        .append(first.rule())
        .append(first.path().map(path -> ", path: \"" + path + "\"").orElse(""))
        .append(", reason: \"…\"}");
    return Failure.of(FailureReason.ChecksFailed, message.toString());
  }

  /** A finding on one line. */
  static String describe(ImageChecks.Finding finding) {
    return finding.rule()
        + finding.path().map(path -> ", " + path).orElse("")
        + (finding.line() > 0 ? ", line " + finding.line() : "")
        + ": "
        + finding.message()
        + finding.fix().map(fix -> "; fix: " + fix).orElse("");
  }
}
