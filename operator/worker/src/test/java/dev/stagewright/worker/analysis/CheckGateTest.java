package dev.stagewright.worker.analysis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.stagewright.protocol.BuildFailedException;
import dev.stagewright.protocol.CheckRequest;
import dev.stagewright.protocol.CheckRequest.Runnability;
import dev.stagewright.protocol.Failure;
import dev.stagewright.protocol.FailureReason;
import dev.stagewright.protocol.ImageChecks;
import dev.stagewright.protocol.ImageChecks.Severity;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Which findings hold the tags back. */
class CheckGateTest {
  private static final ImageChecks.Finding BROKEN =
      finding("BrokenProgram", Severity.ERROR, Optional.of("/broken"));
  private static final ImageChecks.Finding ODD =
      finding("BrokenProgram", Severity.WARNING, Optional.of("/odd"));
  private static final ImageChecks.Finding SECRET =
      finding("SecretInFile", Severity.ERROR, Optional.of("/key"));
  private static final ImageChecks.Finding HINT =
      finding("NoTimeZones", Severity.HINT, Optional.empty());
  private static final List<ImageChecks.Finding> ALL = List.of(BROKEN, ODD, SECRET, HINT);

  private static ImageChecks.Finding finding(
      String rule, Severity severity, Optional<String> path) {
    return new ImageChecks.Finding(
        rule, severity, "the message", path, 7, Optional.empty(), Optional.of("the fix"));
  }

  private static List<ImageChecks.Finding> failing(Runnability runnable, String... failOn) {
    var request = new CheckRequest(runnable, Optional.empty(), List.of(failOn), List.of());
    return new CheckGate(request, "BrokenProgram"::equals).failing(ALL);
  }

  @Test
  void withoutAGateNothingFails() {
    assertThat(failing(Runnability.WARN)).isEmpty();
  }

  @Test
  void programsThatCannotStartFail() {
    assertThat(failing(Runnability.FAIL)).containsExactly(BROKEN);
  }

  @Test
  void rulesFailByTheirName() {
    assertThat(failing(Runnability.WARN, "NoTimeZones")).containsExactly(HINT);
  }

  @Test
  void severityIncludesWorseOnes() {
    assertThat(failing(Runnability.OFF, "Error")).containsExactly(BROKEN, SECRET);
    assertThat(failing(Runnability.OFF, "Warning")).containsExactly(BROKEN, ODD, SECRET);
    assertThat(failing(Runnability.OFF, "Hint")).containsExactlyElementsOf(ALL);
  }

  @Test
  void gateStaysClosedIfTheImageWasNotAnalyzed() {
    var unknown = FoundInImage.incomplete("no time").findings();
    var request =
        new CheckRequest(Runnability.WARN, Optional.empty(), List.of("SecretInFile"), List.of());

    assertThat(new CheckGate(request, _ -> false).failing(unknown)).hasSize(1);
    assertThat(new CheckGate(CheckRequest.DEFAULT, _ -> false).failing(unknown)).isEmpty();
  }

  @Test
  void failureNamesTheFindingsAndHowToAcceptThem() {
    var failure = CheckGate.failure(List.of(BROKEN, SECRET, HINT, HINT));

    assertThat(failure.reason()).isEqualTo(FailureReason.ChecksFailed);
    assertThat(failure.message())
        .isEqualTo(
            """
            spec.checks holds the tags back: 4 findings do not pass
            - BrokenProgram, /broken, line 7: the message; fix: the fix
            - SecretInFile, /key, line 7: the message; fix: the fix
            - NoTimeZones, line 7: the message; fix: the fix
            - … and 1 more
            to accept a finding, add it to spec.checks.exceptions: {rule: BrokenProgram, path: \
            "/broken", reason: "…"}\
            """);
    assertThat(failure.message().length()).isLessThan(Failure.LARGEST_MESSAGE);
  }

  @Test
  void nameThatIsNeitherARuleNorASeverityIsRejected() {
    var rules = new CheckRequestRules(NameRule.ANALYSIS);

    assertThatCode(() ->
            rules.check(request("Error", "SecretInFile", "StageNameCasing", "AnalysisIncomplete")))
        .doesNotThrowAnyException();
    assertThatThrownBy(() -> rules.check(request("Error", "SecretInFiles")))
        .isInstanceOf(BuildFailedException.class)
        .hasMessage(
            "spec.checks.failOn[1]: there is no rule or severity SecretInFiles; do you mean"
                + " SecretInFile?");
  }

  private static CheckRequest request(String... failOn) {
    return new CheckRequest(Runnability.WARN, Optional.empty(), List.of(failOn), List.of());
  }
}
