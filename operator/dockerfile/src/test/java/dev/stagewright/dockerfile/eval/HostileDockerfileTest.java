package dev.stagewright.dockerfile.eval;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.stagewright.dockerfile.PlatformId;
import dev.stagewright.dockerfile.parser.DockerfileParser;
import dev.stagewright.dockerfile.source.DockerfileException;
import dev.stagewright.dockerfile.stages.BuildOptions;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Dockerfiles of any form need a bounded effort, or fail with a position. */
class HostileDockerfileTest {
  private static Evaluation evaluate(String dockerfile) {
    return new Evaluator(
            DockerfileParser.parse(dockerfile),
            BuildOptions.forPlatform(PlatformId.of("linux", "amd64")))
        .evaluate(_ -> ImageSettings.empty());
  }

  private static String lines(int count, String format) {
    return IntStream.range(0, count)
        .mapToObj(i -> format.formatted(i, i + 1))
        .collect(Collectors.joining("\n", "", "\n"));
  }

  @Test
  void longChainOfStages() {
    var chain = "FROM scratch AS s0\n" + lines(20_000, "FROM s%d AS s%d");

    assertThat(evaluate(chain).stages()).hasSize(20_001);
  }

  @Test
  void longChainOfCopies() {
    var chain =
        "FROM scratch AS s0\nCOPY a /\n"
            + lines(10_000, "FROM scratch AS s%2$d\nCOPY --from=s%1$d /a /");

    assertThat(evaluate(chain).stages()).hasSize(10_001);
  }

  @Test
  void longLineIsRejected() {
    var text = "FROM scratch\nENV long=" + "x".repeat(10_000_000) + "\n";

    assertThatThrownBy(() -> evaluate(text))
        .isInstanceOf(DockerfileException.class)
        .hasMessageContaining("line 2");
  }

  @Test
  void manyContinuationsAndHeredocs() {
    var stage =
        evaluate(
                "FROM alpine\nRUN true"
                    + " && \\\n true".repeat(100_000)
                    + "\n"
                    + lines(5_000, "RUN <<E%d\necho %d\nE%1$d"))
            .targetStage();

    assertThat(stage.instructions()).hasSize(5_001);
  }

  @Test
  void valuesThatDoubleAreRejected() {
    var doubling = "FROM scratch\nARG a0=xxxxxxxxxxxxxxxx\n" + lines(64, "ARG a%2$d=$a%1$d$a%1$d");

    assertThatThrownBy(() -> evaluate(doubling)).isInstanceOf(DockerfileException.class);
  }

  @Test
  void deeplyNestedDefaultsAreRejected() {
    var nested = "FROM scratch\nENV a=" + "${b:-".repeat(10_000) + "}".repeat(10_000) + "\n";

    assertThatThrownBy(() -> evaluate(nested))
        .isInstanceOf(DockerfileException.class)
        .hasMessageContaining("nested too deeply");
  }

  @Test
  void deeplyNestedJsonIsAShellCommand() {
    var nested = "FROM alpine\nRUN " + "[".repeat(60_000) + "\n";

    assertThat(evaluate(nested).targetStage().instructions()).hasSize(1);
  }
}
