package dev.stagewright.dockerfile.eval;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.stagewright.dockerfile.PlatformId;
import dev.stagewright.dockerfile.parser.Cells;
import dev.stagewright.dockerfile.parser.DockerfileParser;
import dev.stagewright.dockerfile.source.DockerfileException;
import dev.stagewright.dockerfile.stages.BuildOptions;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvFileSource;

class EvaluationTableTest {
  private static final BuildOptions OPTIONS =
      new BuildOptions(
          Optional.empty(),
          Map.of(),
          PlatformId.of("linux", "arm64"),
          PlatformId.of("linux", "amd64"),
          Set.of());

  private static EvaluatedStage evaluate(String dockerfile, BuildOptions options) {
    return new Evaluator(DockerfileParser.parse(dockerfile), options)
        .evaluate(image -> ImageSettings.empty())
        .targetStage();
  }

  @ParameterizedTest(name = "{0}")
  @CsvFileSource(resources = "invalid.cases", delimiter = '¦', quoteCharacter = '¤')
  void rejects(String description, String dockerfile, String position, String message) {
    assertThatExceptionOfType(DockerfileException.class)
        .isThrownBy(() -> evaluate(Cells.text(dockerfile), OPTIONS))
        .satisfies(e -> assertThat(e.reason()).isEqualTo(message))
        .satisfies(e -> assertThat(e.position()).hasToString(position));
  }

  @ParameterizedTest(name = "{0}")
  @CsvFileSource(resources = "destinations.cases", delimiter = '¦', quoteCharacter = '¤')
  void resolvesDestinations(String description, String workdir, String written, String absolute) {
    var stage = evaluate("FROM a\nWORKDIR " + workdir + "\nCOPY x " + written + "\n", OPTIONS);
    var copy = (EvaluatedInstruction.Copy) stage.instructions().getLast();

    assertThat(copy.destination()).isEqualTo(absolute);
  }

  @ParameterizedTest(name = "{0}")
  @CsvFileSource(resources = "environment.cases", delimiter = '¦', quoteCharacter = '¤')
  void setsVariablesOfRun(
      String description, String dockerfile, String arguments, String expected) {
    Map<String, String> given =
        Cells.text(arguments).isEmpty()
            ? Map.of()
            : Map.of(arguments.split("=", 2)[0], arguments.split("=", 2)[1]);
    var stage = evaluate(Cells.text(dockerfile), OPTIONS.withBuildArgs(given));
    var run =
        stage.instructions().stream()
            .filter(EvaluatedInstruction.Run.class::isInstance)
            .map(EvaluatedInstruction.Run.class::cast)
            .findFirst()
            .orElseThrow();

    assertThat(run.environment().getOrDefault("X", "")).isEqualTo(Cells.text(expected));
  }
}
