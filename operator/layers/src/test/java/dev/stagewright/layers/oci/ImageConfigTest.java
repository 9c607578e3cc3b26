package dev.stagewright.layers.oci;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class ImageConfigTest {
  private static final Digest DIFF_ID = Digest.of(new byte[0]);

  private static ImageConfig parse(String json) throws MalformedDocumentException {
    return ImageConfig.parse(json.getBytes(StandardCharsets.UTF_8));
  }

  private static String text(ImageConfig config) {
    return new String(config.bytes(), StandardCharsets.UTF_8);
  }

  @Test
  void writesSortedKeysWithoutEmptyValues() {
    var config =
        ImageConfig.scratch(Platform.parse("linux/arm64/v8"))
            .withCreated(Optional.of(Instant.ofEpochSecond(1)))
            .withDiffIds(List.of(DIFF_ID))
            .withHistory(
                List.of(
                    new History(
                        Optional.of(Instant.EPOCH),
                        Optional.of("ENV A=b"),
                        Optional.empty(),
                        Optional.of("stagewright"),
                        true)))
            .withConfig(
                ContainerConfig.EMPTY
                    .withUser("")
                    .withEnv(List.of("PATH=/bin", "A=b"))
                    .withCmd(List.of())
                    .withLabels(Map.of("z", "1", "a", ""))
                    .withVolumes(Set.of("/var/lib"))
                    .withHealthcheck(
                        new HealthcheckConfig(
                            List.of("CMD", "true"),
                            Duration.ofSeconds(30),
                            Duration.ZERO,
                            Duration.ZERO,
                            Duration.ZERO,
                            3)));

    assertThat(text(config))
        .isEqualTo(
            """
            {"architecture":"arm64",\
            "config":{"Env":["PATH=/bin","A=b"],\
            "Healthcheck":{"Interval":30000000000,"Retries":3,"Test":["CMD","true"]},\
            "Labels":{"a":"","z":"1"},"Volumes":{"/var/lib":{}}},\
            "created":"1970-01-01T00:00:01Z",\
            "history":[{"comment":"stagewright","created":"1970-01-01T00:00:00Z",\
            "created_by":"ENV A=b","empty_layer":true}],\
            "os":"linux",\
            "rootfs":{"diff_ids":["%s"],"type":"layers"},\
            "variant":"v8"}\
            """
                .formatted(DIFF_ID));
  }

  @Test
  void keepsUnknownKeys() throws MalformedDocumentException {
    var json =
        """
        {"architecture":"amd64","config":{"Memory":7,"User":"u","x":{"y":[1.25,null]}},\
        "container":"c","os":"linux","os.version":"1"}\
        """;

    var config = parse(json);

    assertThat(text(config)).isEqualTo(json);
    assertThat(text(config.withConfig(config.config().withUser("other"))))
        .isEqualTo(json.replace("\"u\"", "\"other\""));
  }

  @Test
  void readsConfigOfDocker() throws MalformedDocumentException {
    var config =
        parse(
            """
            {"architecture":"amd64","os":"linux","created":"2024-05-01T10:11:12.123456789+02:00",
             "config":{"User":"","Env":["PATH=/usr/bin"],"Cmd":["sh"],"Entrypoint":null,
               "ExposedPorts":{"80/tcp":{}},"Labels":null,"OnBuild":["RUN true"],
               "ArgsEscaped":true,"Shell":["/bin/bash","-c"],"StopSignal":"SIGINT",
               "Healthcheck":{"Test":["NONE"]},"WorkingDir":"/srv"},
             "rootfs":{"type":"layers","diff_ids":["%s"]},
             "history":[{"created":"2024-05-01T08:11:12Z","created_by":"/bin/sh -c #(nop) ADD"}]}
            """
                .formatted(DIFF_ID));

    assertThat(config.created()).contains(Instant.parse("2024-05-01T08:11:12.123456789Z"));
    assertThat(config.diffIds()).containsExactly(DIFF_ID);
    assertThat(config.history())
        .extracting(History::createdBy)
        .containsExactly(Optional.of("/bin/sh -c #(nop) ADD"));
    var run = config.config();
    assertThat(run.user()).isEmpty();
    assertThat(run.env()).containsExactly("PATH=/usr/bin");
    assertThat(run.cmd()).containsExactly("sh");
    assertThat(run.entrypoint()).isEmpty();
    assertThat(run.exposedPorts()).containsExactly("80/tcp");
    assertThat(run.labels()).isEmpty();
    assertThat(run.onBuild()).containsExactly("RUN true");
    assertThat(run.argsEscaped()).isTrue();
    assertThat(run.shell()).containsExactly("/bin/bash", "-c");
    assertThat(run.stopSignal()).contains("SIGINT");
    assertThat(run.healthcheck()).map(HealthcheckConfig::test).contains(List.of("NONE"));
    assertThat(run.workingDir()).contains("/srv");
  }

  @Test
  void convertsHistoryToJson() throws MalformedDocumentException {
    var config =
        parse(
            """
            {"architecture":"amd64","os":"linux",
             "history":[{"created_by":"a"},{"created_by":"b","empty_layer":true}]}
            """);

    assertThat(ImageConfig.parseHistory(config.historyJson())).isEqualTo(config.history());
    assertThat(ImageConfig.parseHistory("[]")).isEmpty();
  }

  @Test
  void createsTemplate() throws MalformedDocumentException {
    var config =
        parse(
            """
            {"architecture":"amd64","os":"linux","created":"2024-05-01T08:11:12Z",
             "rootfs":{"type":"layers","diff_ids":[]},"history":[{}],"config":{"User":"u"}}
            """);

    assertThat(text(config.template()))
        .isEqualTo("{\"architecture\":\"amd64\",\"config\":{\"User\":\"u\"},\"os\":\"linux\"}");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          []                                             | image config is not a JSON object
          {                                              | image config is not JSON
          {"os":"linux"}                                 | image config: architecture is not present
          {"architecture":"a","config":{"Env":"A=b"}}    | image config: Env is not a list
          {"architecture":"a","config":{"Cmd":[1]}}      | image config: Cmd is not a list of strings
          {"architecture":"a","rootfs":{"diff_ids":["x"]}} | image config: diff_ids is not a sha256 digest
          {"architecture":"a","created":"yesterday"}     | image config: created is not an RFC 3339 time
          {"architecture":"a","history":[3]}             | image config: history is not a list of objects
          """)
  void rejectsMalformedConfig(String json, String message) {
    assertThatThrownBy(() -> parse(json))
        .isInstanceOf(MalformedDocumentException.class)
        .hasMessage(message);
  }
}
