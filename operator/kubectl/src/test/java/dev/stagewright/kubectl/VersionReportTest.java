package dev.stagewright.kubectl;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stagewright.kubectl.cluster.Installation;
import dev.stagewright.kubectl.cluster.Installation.Finding.Found;
import dev.stagewright.kubectl.cluster.Installation.Finding.Unknown;
import dev.stagewright.kubectl.cluster.Installation.Operator;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class VersionReportTest {
  private static Found<List<Operator>> operator(String version) {
    return new Found<>(
        List.of(new Operator("stagewright-system/stagewright", Optional.of(version), 1, 1)));
  }

  private static List<String> lines(Installation installation) {
    return new VersionReport("0.1.0").lines(installation);
  }

  @Test
  void showsWhatIsInstalled() {
    assertThat(lines(new Installation(new Found<>("0.1.0"), operator("0.1.0"))))
        .containsExactly(
            "client    0.1.0",
            "crd       0.1.0",
            "operator  0.1.0  stagewright-system/stagewright, 1 of 1 ready");
  }

  @Test
  void warnsOfAnOldCrd() {
    assertThat(lines(new Installation(new Found<>("0.1.0"), operator("0.2.0"))))
        .last()
        .isEqualTo(
            "WARNING: the operator stagewright-system/stagewright (0.2.0) is newer than the CRD"
                + " (0.1.0), so the API server drops fields that it does not know: apply the CRD of"
                + " 0.2.0");
    assertThat(lines(new Installation(new Found<>("0.2.0"), operator("0.1.0")))).hasSize(3);
  }

  @Test
  void saysWhatTheUserMayNotSee() {
    assertThat(
            lines(
                new Installation(
                    new Unknown<>("you are not allowed to get it"), new Found<>(List.of()))))
        .containsExactly(
            "client    0.1.0",
            "crd       unknown: you are not allowed to get it",
            "operator  none is installed");
  }

  @ParameterizedTest
  @CsvSource({
    "1.2.3, 1.2.3, 0",
    "v1.2.3, 1.2.3-SNAPSHOT, 0",
    "1.10.0, 1.9.9, 1",
    "0.1.0, 1.0.0, -1"
  })
  void comparesVersions(String one, String other, int order) {
    assertThat(VersionReport.compare(one, other)).contains(order);
    assertThat(VersionReport.compare(one, "latest")).isEmpty();
  }
}
