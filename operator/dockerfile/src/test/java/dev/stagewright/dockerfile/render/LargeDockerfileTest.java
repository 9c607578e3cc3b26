package dev.stagewright.dockerfile.render;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.stagewright.dockerfile.PlatformId;
import dev.stagewright.dockerfile.eval.Evaluation;
import dev.stagewright.dockerfile.eval.Evaluator;
import dev.stagewright.dockerfile.eval.ImageSettings;
import dev.stagewright.dockerfile.lint.LintRequest;
import dev.stagewright.dockerfile.lint.catalog.LintCatalog;
import dev.stagewright.dockerfile.parser.DockerfileParser;
import dev.stagewright.dockerfile.source.DockerfileException;
import dev.stagewright.dockerfile.stages.BuildOptions;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Tests of large files. The time limits detect quadratic time; they are not benchmarks. */
@Timeout(value = 120, unit = TimeUnit.SECONDS)
class LargeDockerfileTest {
  private static final BuildOptions OPTIONS =
      BuildOptions.forPlatform(PlatformId.of("linux", "amd64"));

  private static Evaluation evaluate(String text) {
    return new Evaluator(DockerfileParser.parse(text), OPTIONS)
        .evaluate(image -> ImageSettings.empty());
  }

  @Test
  void parsesTenMegabytes() {
    var text = "FROM a\n" + ("RUN " + "x".repeat(996) + "\n").repeat(10_000);

    assertThat(evaluate(text).targetStage().instructions()).hasSize(10_000);
  }

  @Test
  void parsesHundredThousandLines() {
    var text = "FROM a\n" + "COPY a b\n".repeat(99_999);

    assertThat(evaluate(text).targetStage().instructions()).hasSize(99_999);
    assertThat(LintCatalog.linter().lint(text, LintRequest.of(OPTIONS)).findings()).isNotEmpty();
  }

  @Test
  void parsesInstructionOfHundredThousandLines() {
    var text = "FROM a\nRUN x" + " \\\n  y".repeat(100_000) + "\n";

    assertThat(evaluate(text).targetStage().instructions()).hasSize(1);
  }

  @Test
  void parsesHeredocOfTenMegabytes() {
    var text = "FROM a\nCOPY <<EOF /x\n" + "line $HOME\n".repeat(950_000) + "EOF\n";

    assertThat(evaluate(text).targetStage().instructions()).hasSize(1);
  }

  @Test
  void parsesTenThousandDependentStages() {
    var text = new StringBuilder("FROM a AS s0\n");
    for (int i = 1; i < 10_000; i++) {
      text.append("FROM a AS s%d\nCOPY --from=s%d /x /x\n".formatted(i, i - 1));
    }

    assertThat(evaluate(text.toString()).stages()).hasSize(10_000);
  }

  @Test
  void rejectsDeepJson() {
    var text = "FROM a\nCMD " + "[".repeat(30_000) + "]".repeat(30_000) + "\n";

    assertThatExceptionOfType(DockerfileException.class)
        .isThrownBy(() -> evaluate(text))
        .withMessageEndingWith("arrays must be comprised of strings only");
  }

  @Test
  void rejectsDeepTriggers() {
    var text = "FROM a\n" + "ONBUILD ".repeat(5_000) + "RUN x\n";

    assertThatExceptionOfType(DockerfileException.class)
        .isThrownBy(() -> evaluate(text))
        .withMessageEndingWith("Chaining ONBUILD via `ONBUILD ONBUILD` isn't allowed");
  }

  @Test
  void rejectsExponentialValues() {
    var text = "FROM a\nENV A=aaaaaaaaaa\n" + "ENV A=$A$A\n".repeat(60);

    assertThatExceptionOfType(DockerfileException.class)
        .isThrownBy(() -> evaluate(text))
        .withMessageEndingWith("the expanded text is larger than 16 MiB");
  }

  @Test
  void printsAndParsesLongLines() {
    var text = "FROM a\nRUN " + "echo some words # here \\\n  ".repeat(5_000) + "end\n";
    var printed = DockerfilePrinter.print(DockerfileParser.parse(text));

    assertThat(DockerfilePrinter.print(DockerfileParser.parse(printed))).isEqualTo(printed);
  }
}
