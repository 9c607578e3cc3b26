package dev.stagewright.analysis.report;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stagewright.analysis.finding.Severity;
import dev.stagewright.analysis.size.SizeReport;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The document and its JSON form. */
class ReportTest {
  private final Report report = SampleReport.create();

  @Test
  void canBeReadAgain() {
    var read = Report.parse(report.json());

    assertThat(read.json()).isEqualTo(report.json());
    assertThat(read.stages()).isEqualTo(report.stages());
    assertThat(read.size().ladder()).isEqualTo(report.size().ladder());
  }

  @Test
  void beginsWithTheVersionAndTheImage() {
    assertThat(report.json())
        .startsWith("{\"version\":1,\"image\":{\"reference\":\"registry.example.com/team/shop/");
  }

  @Test
  void hasNamesAsCharacters() {
    assertThat(report.json()).contains("\"/app/café\"").doesNotContain("\u00c3");
  }

  @Test
  void hasOnlyRulesWithFindings() {
    assertThat(report.rules())
        .extracting(rule -> rule.id())
        .containsExactly("MissingInterpreter", "SecretInFile", "NoCertificates", "NoTimeZones");
    assertThat(report.count(Severity.ERROR)).isEqualTo(2);
  }

  @Test
  void readsTheDocumentOfANewerMinorVersion() {
    var extended = report.json().replaceFirst("\\{", "{\"added\":{\"later\":[1]},");

    assertThat(Report.parse(extended).json()).isEqualTo(report.json());
  }

  @Test
  void saysWhereAFindingIs() {
    assertThat(FindingPlace.of(report, report.findings().getFirst()).layer())
        .contains("layer 4, line 7 of stage final: COPY --from=builder /src/server /app/server");
  }

  @Test
  void toleratesAFindingInALayerThatDoesNotExist() {
    var withoutLayers =
        Report.builder(
                report.image(),
                new SizeReport(
                    report.size().total(),
                    List.of(),
                    report.size().files(),
                    report.size().savings(),
                    report.size().ladder()))
            .findings(report.findings(), report.rules())
            .build();

    assertThat(FindingPlace.of(withoutLayers, report.findings().getFirst()).layer()).isEmpty();
    assertThat(new SarifReport(withoutLayers, "Dockerfile").json()).contains("app/server");
  }
}
