package dev.stagewright.dockerfile.render;

import static org.assertj.core.api.Assertions.assertThat;

import com.networknt.schema.Error;
import com.networknt.schema.InputFormat;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import dev.stagewright.dockerfile.PlatformId;
import dev.stagewright.dockerfile.lint.LintRequest;
import dev.stagewright.dockerfile.lint.catalog.LintCatalog;
import dev.stagewright.dockerfile.stages.BuildOptions;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Validates the SARIF output against the JSON schema of SARIF 2.1.0. */
class SarifSchemaTest {
  private static final String SCHEMA = "/schema/sarif-schema-2.1.0.json";

  @ParameterizedTest
  @ValueSource(
      strings = {
        "FROM alpine:3.22\nUSER 1000\nHEALTHCHECK CMD true\nCMD [\"true\"]\n",
        "FROM alpine:latest AS Build\nRUN apt-get install curl\nENV SECRET_TOKEN=x\n",
        "FROM alpine:3.22\nFRM alpine\n",
        "FROM alpine:3.22\nCOPY --from=missing:UPPER a b\nEXPOSE nothing\n",
      })
  void outputIsValid(String dockerfile) throws IOException {
    assertThat(errors(sarif(dockerfile))).isEmpty();
  }

  @Test
  void schemaRejectsInvalidDocuments() throws IOException {
    var sarif = sarif("FROM alpine:latest\n");

    assertThat(errors(sarif.replace("\"2.1.0\"", "\"2.0\""))).isNotEmpty();
    assertThat(errors(sarif.replace("\"ruleId\"", "\"rule\""))).isNotEmpty();
    assertThat(errors(sarif.replace("\"level\": \"warning\"", "\"level\": \"info\""))).isNotEmpty();
  }

  private static String sarif(String dockerfile) {
    var request = LintRequest.of(BuildOptions.forPlatform(PlatformId.of("linux", "amd64")));
    var report = LintCatalog.linter().lint(dockerfile, request);
    return new LintRenderer(report, "build/Dockerfile").sarif();
  }

  private static List<Error> errors(String sarif) throws IOException {
    return schema().validate(sarif, InputFormat.JSON);
  }

  private static Schema schema() throws IOException {
    try (InputStream text =
        Objects.requireNonNull(SarifSchemaTest.class.getResourceAsStream(SCHEMA))) {
      return SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_7)
          .getSchema(text, InputFormat.JSON);
    }
  }
}
