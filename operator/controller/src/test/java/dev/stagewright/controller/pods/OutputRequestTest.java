package dev.stagewright.controller.pods;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.stagewright.controller.run.BuildRun;
import dev.stagewright.controller.run.RunInputs;
import dev.stagewright.controller.support.Builds;
import dev.stagewright.protocol.BuildRequest.Destination;
import dev.stagewright.protocol.BuildRequest.ImageFormat;
import dev.stagewright.protocol.BuildRequest.Output;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class OutputRequestTest {
  private static final Instant START = Instant.parse("2026-11-21T23:05:09Z");

  @Test
  void everyRepositoryIsADestination() {
    var output =
        request(
            """
            image: r:5000/app
            credentials: {name: first}
            tags: [a, b]
            additionalImages:
            - {image: team/app:2, caBundle: {secret: {name: ca}}}
            - {image: "c.example.com/app:3", tags: [d], credentials: {name: third}}
            """);

    assertThat(output.destinations())
        .containsExactly(
            new Destination(
                "spec.output",
                "r:5000/app",
                List.of("latest", "a", "b"),
                Optional.of("destination-0/first"),
                Optional.empty()),
            new Destination(
                "spec.output.additionalImages[0]",
                "docker.io/team/app",
                List.of("2"),
                Optional.empty(),
                Optional.of("destination-1")),
            new Destination(
                "spec.output.additionalImages[1]",
                "c.example.com/app",
                List.of("3", "d"),
                Optional.of("destination-2/third"),
                Optional.empty()));
  }

  @Test
  void knownVariablesOfTagsAreResolved() {
    var output =
        request(
            """
            image: "r/app:{{.Namespace}}-{{.Name}}-{{.Generation}}"
            tags: ["{{.Date}}", "{{.Time}}", "{{.Branch}}-{{.Date}}"]
            """);

    assertThat(output.destinations().getFirst().tags())
        .containsExactly("team-hello-1", "2026-11-21", "230509", "{{.Branch}}-2026-11-21");
  }

  @Test
  void labelsAndAnnotationsAreIncluded() {
    var output = request("{image: r/app, labels: {a: '1'}, annotations: {b: '2'}}");

    assertThat(output.labels()).isEqualTo(Map.of("a", "1"));
    assertThat(output.annotations()).isEqualTo(Map.of("b", "2"));
    assertThat(output.format()).isEqualTo(ImageFormat.OCI);
    assertThat(request("{image: r/app, mediaTypes: docker}").format())
        .isEqualTo(ImageFormat.DOCKER);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      value = {
        "{image: 'R/'} | spec.output.image: invalid reference format: 'R/'",
        "{image: '{{.Name}}/a:1'} | spec.output.image: '{{.Name}}/a': only tags can contain variables",
        "{image: 'r/a:{{.Nme}}'} | spec.output.image: '{{.Nme}}': unknown variable {{.Nme}}",
        "{image: r/a, tags: [ok, 'a b']} | spec.output.tags[1]: 'a b' is not a valid tag",
        "{image: r/a, additionalImages: [{image: r/b, tags: ['-']}]}"
            + " | spec.output.additionalImages[0].tags[0]: '-' is not a valid tag",
        "{image: r/a, mediaTypes: docker, compression: zstd} | spec.output.mediaTypes: docker does not",
        "{image: r/a, mediaTypes: docker, annotations: {a: b}} | spec.output.annotations: mediaTypes: docker"
      })
  void invalidOutputsNameTheField(String output, String message) {
    assertThatThrownBy(() -> request(output))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith(message);
  }

  private static Output request(String output) {
    var build = Builds.hello("output:\n" + output.indent(2) + "source: {configMap: {name: c}}\n");
    return new OutputRequest(
            BuildRun.of(RunInputs.of(build), Instant.EPOCH), build.getSpec().output(), START)
        .request();
  }
}
