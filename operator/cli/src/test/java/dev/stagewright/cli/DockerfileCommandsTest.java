package dev.stagewright.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;

class DockerfileCommandsTest {
  private static final String TWO_STAGES =
      """
      FROM golang:1.24 AS build
      COPY . .
      RUN go build -o /out/app
      FROM alpine:3.22 AS unused
      FROM scratch
      COPY --from=build /out/app /app
      USER 1000
      """;

  @TempDir private Path folder;
  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();
  private Path dockerfile = Path.of("Dockerfile");

  @BeforeEach
  void createsDockerfile() {
    dockerfile = folder.resolve("Dockerfile");
  }

  private static CommandLine commands() {
    return new CommandLine(CommandSpec.create())
        .addSubcommand(new LintCommand())
        .addSubcommand(new PlanCommand())
        .addSubcommand(new ParseCommand());
  }

  private int run(String text, String command, String... arguments) throws IOException {
    Files.writeString(dockerfile, text);
    var all = new String[arguments.length + 2];
    all[0] = command;
    all[1] = dockerfile.toString();
    System.arraycopy(arguments, 0, all, 2, arguments.length);
    return commands().setOut(new PrintWriter(out)).setErr(new PrintWriter(err)).execute(all);
  }

  @Test
  void lintExitsWithZeroWithoutFindings() throws IOException {
    assertThat(run("FROM a:1\nUSER 1\nCMD [\"x\"]\n", "lint")).isZero();
    assertThat(out.toString()).isEmpty();
  }

  @Test
  void lintExitsWithOneForWarnings() throws IOException {
    assertThat(run("FROM a\nUSER 1\n", "lint")).isEqualTo(1);
    assertThat(out.toString())
        .startsWith(
            dockerfile + ":1:1: warning: Base image \"a\" has no tag [UnpinnedBaseImage]\n");
  }

  @Test
  void lintHonorsFailOn() throws IOException {
    assertThat(run("FROM a\nUSER 1\n", "lint", "--fail-on=error")).isZero();
    assertThat(run("FROM a:1\nUSER 1\nADD x /x\n", "lint", "--fail-on=warning")).isZero();
    assertThat(run("FROM a:1\nUSER 1\nADD x /x\n", "lint", "--fail-on=info")).isEqualTo(1);
  }

  @Test
  void lintExitsWithThreeForInvalidDockerfile() throws IOException {
    assertThat(run("FROM a\nFRM b\n", "lint", "--fail-on=error")).isEqualTo(3);
    assertThat(out.toString())
        .isEqualTo(dockerfile + ":2:1: error: unknown instruction: FRM (did you mean FROM?)\n");
  }

  @Test
  void lintExitsWithTwoForMissingFile() {
    int exit =
        commands()
            .setErr(new PrintWriter(err))
            .execute("lint", folder.resolve("missing").toString());

    assertThat(exit).isEqualTo(2);
    assertThat(err.toString()).startsWith("cannot read " + folder.resolve("missing"));
  }

  @Test
  void lintReadsIgnoreFileAndContext() throws IOException {
    Files.writeString(folder.resolve(".dockerignore"), "secret\n");
    Files.writeString(folder.resolve("a.txt"), "");

    run("FROM a:1\nUSER 1\nCOPY secret *.md *.txt /x/\n", "lint");

    assertThat(out.toString())
        .contains("Attempting to Copy file \"secret\" that is excluded by .dockerignore")
        .contains("\"*.md\" matches nothing in the build context")
        .doesNotContain("\"*.txt\"");
  }

  @Test
  void lintPrefersIgnoreFileOfDockerfile() throws IOException {
    Files.writeString(folder.resolve(".dockerignore"), "a\n");
    Files.writeString(folder.resolve("Dockerfile.dockerignore"), "b\n");

    run("FROM a:1\nUSER 1\nCOPY a b /x/\n", "lint");

    assertThat(out.toString()).contains("file \"b\"").doesNotContain("file \"a\"");
  }

  @Test
  void lintWritesSarif() throws IOException {
    run("FROM a\nUSER 1\n", "lint", "--format=sarif");

    assertThat(out.toString())
        .contains("\"version\": \"2.1.0\"")
        .contains("\"ruleId\": \"UnpinnedBaseImage\"")
        .contains("\"startLine\": 1");
  }

  @Test
  void planShowsWavesAndPrunedStages() throws IOException {
    assertThat(run(TWO_STAGES, "plan")).isZero();
    assertThat(out.toString())
        .isEqualTo(
            """
            target: 2

            wave 1: build
              build FROM golang:1.24 (line 1, 2 instructions)

            wave 2: 2
              2 FROM scratch (line 5, 2 instructions)
                waits in line 6 for build: /out/app

            not needed: unused
            """);
  }

  @Test
  void planSupportsTarget() throws IOException {
    run(TWO_STAGES, "plan", "--target=build");

    assertThat(out.toString()).startsWith("target: build\n").contains("not needed: unused, 2\n");
  }

  @Test
  void planSupportsBuildArguments() throws IOException {
    run("ARG V=1\nFROM a:$V\n", "plan", "--build-arg", "V=2", "--format=json");

    assertThat(out.toString()).contains("\"name\": \"a:2\"");
  }

  @Test
  void planWritesMermaid() throws IOException {
    run(TWO_STAGES, "plan", "--format=mermaid");

    assertThat(out.toString())
        .isEqualTo(
            """
            flowchart LR
              s0["build<br/>golang:1.24"]
              s2(["2<br/>scratch"])
              s0 -->|"COPY /out/app (line 6)"| s2
            """);
  }

  @Test
  void planRejectsUnknownTarget() throws IOException {
    assertThat(run(TWO_STAGES, "plan", "--target=biuld")).isEqualTo(3);
    assertThat(err.toString())
        .contains("target stage \"biuld\" could not be found (did you mean build?)");
  }

  @Test
  void planRejectsUnknownPlatform() throws IOException {
    assertThat(run(TWO_STAGES, "plan", "--platform=nothing")).isEqualTo(2);
    assertThat(err.toString()).contains("unknown operating system or architecture");
  }

  @Test
  void parseWritesJson() throws IOException {
    assertThat(run("FROM a\nCOPY --from=b <<X /c/\nd\nX\nCMD [\"e\"]\n", "parse")).isZero();
    assertThat(out.toString())
        .contains("\"flags\": [\n        \"--from=b\"\n      ]")
        .contains("\"content\": \"d\\n\"")
        .contains("\"endLine\": 4")
        .contains("\"form\": \"json\"");
  }

  @Test
  void parsePrintsDockerfile() throws IOException {
    run("from a\n\n# hi\nrun b \\\n  c\n", "parse", "--format=dockerfile");

    assertThat(out.toString()).isEqualTo("\nfrom a\n# hi\nrun b   c\n");
  }
}
