package dev.stagewright.analysis.report;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stagewright.analysis.finding.Confidence;
import dev.stagewright.analysis.finding.Finding;
import dev.stagewright.analysis.finding.Place;
import dev.stagewright.analysis.finding.Severity;
import dev.stagewright.analysis.report.StartPrediction.Outcome;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What the findings say about the start. */
class StartPredictionTest {
  private static Finding finding(String rule, Severity severity, Confidence confidence) {
    return new Finding(rule, severity, confidence, Place.CONFIG, rule + " is the case.", "", "");
  }

  private static Outcome outcome(Finding... findings) {
    return StartPrediction.of(List.of(findings), rule -> rule.startsWith("Start")).outcome();
  }

  @Test
  void followsFromErrorsAboutTheStart() {
    assertThat(outcome()).isEqualTo(Outcome.RUNS);
    assertThat(outcome(finding("Secret", Severity.ERROR, Confidence.CERTAIN)))
        .isEqualTo(Outcome.RUNS);
    assertThat(outcome(finding("StartA", Severity.WARNING, Confidence.CERTAIN)))
        .isEqualTo(Outcome.RUNS);
    assertThat(outcome(finding("StartA", Severity.ERROR, Confidence.POSSIBLE)))
        .isEqualTo(Outcome.DEPENDS);
    assertThat(
            outcome(
                finding("StartA", Severity.ERROR, Confidence.POSSIBLE),
                finding("StartB", Severity.ERROR, Confidence.LIKELY)))
        .isEqualTo(Outcome.DOES_NOT_RUN);
  }

  @Test
  void dependsIfTheImageDoesNotSay() {
    assertThat(outcome(finding("CannotTell", Severity.HINT, Confidence.CERTAIN)))
        .isEqualTo(Outcome.DEPENDS);
  }
}
