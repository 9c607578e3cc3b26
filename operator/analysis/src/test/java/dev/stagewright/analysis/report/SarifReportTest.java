package dev.stagewright.analysis.report;

import static org.assertj.core.api.Assertions.assertThat;

import com.networknt.schema.Error;
import com.networknt.schema.InputFormat;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import dev.stagewright.analysis.finding.Finding;
import dev.stagewright.analysis.finding.Place;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Validates the SARIF output against the JSON schema of SARIF 2.1.0. */
class SarifReportTest {
  private static final String SCHEMA = "/schema/sarif-schema-2.1.0.json";

  private final Report report = SampleReport.create();
  private final String sarif = new SarifReport(report, "build/Dockerfile").json();

  @Test
  void isValid() throws IOException {
    assertThat(errors(sarif)).isEmpty();
    assertThat(errors(new SarifReport(empty(), "Dockerfile").json())).isEmpty();
  }

  @Test
  void schemaRejectsInvalidDocuments() throws IOException {
    assertThat(errors(sarif.replace("\"2.1.0\"", "\"2.0\""))).isNotEmpty();
    assertThat(errors(sarif.replace("\"level\":\"note\"", "\"level\":\"hint\""))).isNotEmpty();
    assertThat(errors(sarif.replace("\"ruleId\"", "\"rule\""))).isNotEmpty();
  }

  @Test
  void eachResultHasItsRule() {
    assertThat(sarif)
        .contains(
            "\"id\":\"NoTimeZones\",\"shortDescription\":{\"text\":\"There is no time zone"
                + " database.\"},\"help\":{")
        .contains("\"ruleId\":\"NoTimeZones\",\"level\":\"note\"");
  }

  @Test
  void isAtTheLineOfTheInstruction() {
    assertThat(sarif)
        .contains(
            "\"artifactLocation\":{\"uri\":\"build/Dockerfile\"},\"region\":{\"startLine\":7}")
        .contains("backend-of-the-shop:2026.11.28-rc.1!/app/server\"");
  }

  @Test
  void isAtTheFileIfTheLineIsUnknown() {
    var finding = report.findings().get(3);
    var place = new Place(finding.place().path(), Optional.of(0));
    var inBase =
        report.toBuilder()
            .findings(
                List.of(
                    new Finding(
                        finding.rule(),
                        finding.severity(),
                        finding.confidence(),
                        place,
                        finding.message(),
                        finding.symptom(),
                        finding.fix())),
                report.rules())
            .build();

    assertThat(new SarifReport(inBase, "Dockerfile").json()).contains("\"uri\":\"app/caf%C3%A9\"");
  }

  private Report empty() {
    return report.toBuilder().findings(List.of(), List.of()).build();
  }

  private static List<Error> errors(String sarif) throws IOException {
    try (InputStream text =
        Objects.requireNonNull(SarifReportTest.class.getResourceAsStream(SCHEMA))) {
      return SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_7)
          .getSchema(text, InputFormat.JSON)
          .validate(sarif, InputFormat.JSON);
    }
  }
}
