package dev.stagewright.worker.harbor;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SeverityGateTest {
  private static final Map<String, Integer> COUNTS =
      Map.of("Critical", 1, "High", 0, "Medium", 3, "Low", 4, "Unknown", 5);

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "Critical | 1 Critical",
        "High | 1 Critical",
        "Medium | 1 Critical, 3 Medium",
        "Low | 1 Critical, 3 Medium, 4 Low",
      })
  void reportsVulnerabilitiesAtOrAboveSeverity(String severity, String excess) {
    assertThat(new SeverityGate(severity).excess(COUNTS)).isEqualTo(excess);
  }

  @ParameterizedTest
  @CsvSource({"Critical", "High"})
  void ignoresVulnerabilitiesBelowSeverity(String severity) {
    assertThat(new SeverityGate(severity).excess(Map.of("Medium", 3, "Low", 4))).isEmpty();
  }
}
