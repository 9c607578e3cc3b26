package dev.stagewright.dockerfile.parser;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.stagewright.dockerfile.instruction.Copy;
import dev.stagewright.dockerfile.instruction.Healthcheck;
import dev.stagewright.dockerfile.instruction.Heredoc;
import dev.stagewright.dockerfile.instruction.OnBuild;
import dev.stagewright.dockerfile.instruction.Run;
import dev.stagewright.dockerfile.render.SyntaxDump;
import dev.stagewright.dockerfile.source.DockerfileException;
import dev.stagewright.dockerfile.source.Position;
import java.time.Duration;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvFileSource;

class DockerfileParserTest {

  @ParameterizedTest(name = "{0}")
  @CsvFileSource(resources = "valid.cases", delimiter = '¦', quoteCharacter = '¤')
  void reads(String description, String dockerfile, String dump) {
    var text = Cells.text(dockerfile);

    assertThat(SyntaxDump.of(SyntaxParser.parse(text))).isEqualTo(Cells.text(dump));
    assertThat(DockerfileParser.parse(text).stages()).isNotEmpty();
  }

  @ParameterizedTest(name = "{0}")
  @CsvFileSource(resources = "invalid.cases", delimiter = '¦', quoteCharacter = '¤')
  void rejects(String description, String dockerfile, String position, String message) {
    assertThatExceptionOfType(DockerfileException.class)
        .isThrownBy(() -> DockerfileParser.parse(Cells.text(dockerfile)))
        .satisfies(e -> {
          assertThat(e.reason()).isEqualTo(message);
          assertThat(e.position()).hasToString(position);
          assertThat(e)
              .hasMessage(
                  "dockerfile parse error on line %d: %s".formatted(e.position().line(), message));
        });
  }

  @ParameterizedTest(name = "{0}")
  @CsvFileSource(resources = "heredocs.cases", delimiter = '¦', quoteCharacter = '¤')
  void findsHeredocs(
      String description, String line, @Nullable String below, @Nullable String expected) {
    var text = "FROM a\nRUN " + line + "\n" + (below == null ? "" : below + "\n") + "RUN end\n";
    var instructions = DockerfileParser.parse(Cells.text(text)).stages().getFirst().instructions();

    assertThat(instructions).hasSize(2);
    assertThat(
            instructions.getFirst().statement().heredocs().stream()
                .map(DockerfileParserTest::shown)
                .collect(Collectors.joining(", ")))
        .isEqualTo(expected == null ? "" : expected);
  }

  private static String shown(Heredoc heredoc) {
    return heredoc.name()
        + " "
        + heredoc.fileDescriptor()
        + (heredoc.expand() ? " expand" : " literal")
        + (heredoc.chomp() ? " chomp" : "");
  }

  @Test
  void usesEscapeDirectiveInOptions() {
    var text = "# escape=`\nFROM a\nCOPY --chown=a`:b --exclude=c` \\d e f\n";
    var statement = DockerfileParser.parse(text).stages().getFirst().instructions().getFirst();

    assertThat(statement.statement().flags()).containsExactly("--chown=a:b", "--exclude=c \\d");
  }

  @Test
  void keepsInstructionsBeforeError() {
    var part = DockerfileParser.parsePartial("FROM a AS b\nRUN c\nFRM d\nRUN e\n");

    assertThat(part.dockerfile().stages()).hasSize(1);
    assertThat(part.dockerfile().stages().getFirst().instructions()).hasSize(1);
    assertThat(part.error().orElseThrow().position()).hasToString("3:1");
  }

  @Test
  void rejectsLongLine() {
    var longest = "RUN " + "x".repeat(65_535 - 4);

    assertThat(DockerfileParser.parse("FROM a\n" + longest + "\n").stages()).hasSize(1);
    assertThatExceptionOfType(DockerfileException.class)
        .isThrownBy(() -> DockerfileParser.parse("FROM a\n" + longest + "x\n"))
        .satisfies(e -> assertThat(e.position().line()).isEqualTo(2))
        .withMessageEndingWith("dockerfile line greater than max allowed size of 65535");
  }

  @Test
  void countsBytesOfLine() {
    var line = "RUN " + "€".repeat(22_000);

    assertThatExceptionOfType(DockerfileException.class)
        .isThrownBy(() -> DockerfileParser.parse("FROM a\n" + line))
        .withMessageEndingWith("dockerfile line greater than max allowed size of 65535");
  }

  @Test
  void splitsInstructionsIntoStages() {
    var dockerfile = DockerfileParser.parse("ARG V\nFROM a AS One\nRUN x\nFROM b\nCOPY y z\n");

    assertThat(dockerfile.globalArgs()).hasSize(1);
    assertThat(dockerfile.stages()).extracting(stage -> stage.label()).containsExactly("one", "1");
    assertThat(dockerfile.stages().getFirst().instructions()).hasSize(1);
  }

  @Test
  void recordsPositions() {
    var run = DockerfileParser.parse("FROM a\n\n  RUN x \\\n  y\n").stages().getFirst();
    var statement = run.instructions().getFirst().statement();

    assertThat(statement.position()).isEqualTo(new Position(3, 3));
    assertThat(statement.endLine()).isEqualTo(4);
    assertThat(statement.locate("y")).isEqualTo(new Position(4, 3));
  }

  @Test
  void parsesHeredocContent() {
    var run =
        (Run)
            DockerfileParser.parse("FROM a\nRUN 3<<-\"EOF\"\n\t\ta $b\n\tEOF\n")
                .stages()
                .getFirst()
                .instructions()
                .getFirst();
    var heredoc = run.statement().heredocs().getFirst();

    assertThat(heredoc.name()).isEqualTo("EOF");
    assertThat(heredoc.fileDescriptor()).isEqualTo(3);
    assertThat(heredoc.expand()).isFalse();
    assertThat(heredoc.chomp()).isTrue();
    assertThat(heredoc.content()).isEqualTo("\t\ta $b\n");
    assertThat(heredoc.chomped()).isEqualTo("a $b\n");
    assertThat(run.statement().endLine()).isEqualTo(4);
  }

  @Test
  void parsesFlagsOfCopy() {
    var copy =
        (Copy)
            DockerfileParser.parse(
                    "FROM a\nCOPY --from=b --chown=1:2 --chmod=u+x --link --parents=true"
                        + " --exclude=*.md --exclude=x c d\n")
                .stages()
                .getFirst()
                .instructions()
                .getFirst();

    assertThat(copy.from()).contains("b");
    assertThat(copy.chown()).contains("1:2");
    assertThat(copy.chmod()).contains("u+x");
    assertThat(copy.link()).isTrue();
    assertThat(copy.parents()).isTrue();
    assertThat(copy.exclude()).containsExactly("*.md", "x");
  }

  @Test
  void parsesDurationsLikeGo() {
    var check =
        (Healthcheck)
            DockerfileParser.parse(
                    "FROM a\nHEALTHCHECK --interval=1h2m3.5s --timeout=.5s --start-period=0"
                        + " --start-interval=300ms --retries=4 CMD x\n")
                .stages()
                .getFirst()
                .instructions()
                .getFirst();

    assertThat(check.interval()).isEqualTo(Duration.parse("PT1H2M3.5S"));
    assertThat(check.timeout()).isEqualTo(Duration.ofMillis(500));
    assertThat(check.startPeriod()).isZero();
    assertThat(check.startInterval()).isEqualTo(Duration.ofMillis(300));
    assertThat(check.retries()).isEqualTo(4);
    assertThat(check.test()).containsExactly("CMD-SHELL", "x");
  }

  @Test
  void keepsTextOfTriggers() {
    var onBuild =
        (OnBuild)
            DockerfileParser.parse("FROM a\nonbuild COPY <<EOF /x\nhi\nEOF\n")
                .stages()
                .getFirst()
                .instructions()
                .getFirst();

    assertThat(onBuild.expression()).isEqualTo("COPY <<EOF /x\nhi\nEOF");
  }

  @Test
  void recordsSyntaxDirective() {
    var dockerfile = DockerfileParser.parse("# syntax = docker/dockerfile:1\nFROM a\n");

    assertThat(dockerfile.directive("syntax").map(d -> d.value()))
        .isEqualTo(Optional.of("docker/dockerfile:1"));
  }
}
