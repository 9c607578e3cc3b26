package dev.stagewright.worker.prepare;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.stagewright.layers.oci.ImageReference;
import dev.stagewright.layers.oci.Platform;
import dev.stagewright.layers.tar.IndexedTar;
import dev.stagewright.protocol.BuildFailedException;
import dev.stagewright.protocol.BuildPlan;
import dev.stagewright.protocol.BuildRequest;
import dev.stagewright.protocol.CheckRequest;
import dev.stagewright.protocol.FailureReason;
import dev.stagewright.protocol.Json;
import dev.stagewright.protocol.LayerOptions;
import dev.stagewright.protocol.LogFrame;
import dev.stagewright.protocol.SourceRequest;
import dev.stagewright.protocol.Termination;
import dev.stagewright.worker.Log;
import dev.stagewright.worker.PhasePaths;
import dev.stagewright.worker.images.KnownImages;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PreparePhaseTest {
  @TempDir private Path folder;
  private final ByteArrayOutputStream printed = new ByteArrayOutputStream();

  @Test
  void writesPlanToLog() throws Exception {
    var last = prepare(Map.of("Dockerfile", "FROM alpine AS a\nFROM scratch\nCOPY x /\n", "x", ""));

    var json =
        LogFrame.find(log(), LogFrame.Kind.PLAN, ((Termination.Prepared) last).plan())
            .orElseThrow();
    assertThat(Json.read(json, BuildPlan.class).target()).isEqualTo("s1");
  }

  @Test
  void logsSummaryOfPlan() throws Exception {
    prepare(
        Map.of(
            "Dockerfile",
            "FROM alpine AS a\nRUN true\nFROM a AS Unused\nFROM a AS web\nCOPY x /\n",
            "x",
            "12345"));

    assertThat(log().lines())
        .containsSubsequence(
            "source: inline files",
            "stage a: 1 step from " + KnownImages.pinned("alpine"),
            "stage web (target): 1 step from stage a",
            "not needed by the target: unused",
            "StageNameCasing: Stage name 'Unused' should be lowercase (line 3)",
            "context: 2 files, 71 B");
  }

  @Test
  void acceptedFindingsAreNotInThePlan() throws Exception {
    var checks =
        new CheckRequest(
            CheckRequest.Runnability.WARN,
            Optional.empty(),
            List.of(),
            List.of(
                new CheckRequest.Exemption(
                    "UnpinnedBaseImage", Optional.empty(), "a test", Optional.empty())));
    var source = new SourceRequest.Inline(Map.of("Dockerfile", "FROM alpine\nRUN true\n"));

    var digest = ((Termination.Prepared) prepare(source, Optional.of(checks))).plan();

    var json = LogFrame.find(log(), LogFrame.Kind.PLAN, digest).orElseThrow();
    assertThat(Json.read(json, BuildPlan.class).findings())
        .extracting(BuildPlan.Finding::rule)
        .contains("RootUser")
        .doesNotContain("UnpinnedBaseImage");
  }

  @Test
  void createsWritableFolderForEachStage() throws Exception {
    prepare(Map.of("Dockerfile", "FROM alpine AS a\nFROM scratch\nCOPY --from=a /x /\n"));

    for (var name : List.of("context", "stages/s0", "stages/s1")) {
      assertThat(Files.getPosixFilePermissions(folder.resolve("workspace").resolve(name)))
          .isEqualTo(PosixFilePermissions.fromString("rwxrwxrwx"));
    }
  }

  @Test
  void removesFilesOfEarlierAttempt() throws Exception {
    var old = Files.createDirectories(folder.resolve("workspace/stages/s0"));
    Files.writeString(old.resolve("result.json"), "{}");

    prepare(Map.of("Dockerfile", "FROM alpine\nRUN true\n"));

    assertThat(old).isEmptyDirectory();
  }

  @Test
  void writesContextWithoutIgnoredFiles() throws Exception {
    prepare(
        Map.of(
            "Dockerfile", "FROM scratch\nCOPY . /\n",
            ".dockerignore", "*.md\n.dockerignore\n",
            "a.txt", "a",
            "b.md", "b"));

    var context = folder.resolve("workspace/context");
    try (var tar = IndexedTar.open(context.resolve("files.tar"), context.resolve("files.idx"))) {
      assertThat(tar.children("")).containsExactlyInAnyOrder("Dockerfile", "a.txt");
    }
  }

  @Test
  void writesNoUnusedContext() throws Exception {
    prepare(Map.of("Dockerfile", "FROM scratch\nCOPY <<EOF /a\nhello\nEOF\n", "big", "x"));

    assertThat(folder.resolve("workspace/context")).isEmptyDirectory();
  }

  @Test
  void rejectsPlanLargerThanConfigMap() {
    var document = "x".repeat(1000 * 1024);
    var dockerfile =
        "FROM scratch\nCOPY <<EOF /a\n" + document.replaceAll("x{1000}", "$0\n") + "EOF\n";

    assertThat(
            catchThrowableOfType(
                    BuildFailedException.class, () -> prepare(Map.of("Dockerfile", dockerfile)))
                .failure()
                .reason())
        .isEqualTo(FailureReason.PlanTooLarge);
  }

  @Test
  void reportsUnusedFilesAndLfsPointers() throws Exception {
    var pointer = "version https://git-lfs.github.com/spec/v1\noid sha256:00\nsize 1\n";
    var findings =
        plan(new SourceRequest.Inline(
                Map.of(
                    "Dockerfile", "FROM alpine",
                    "dockerfile", "FROM alpine",
                    "Dockerfile.dockerignore", "",
                    ".dockerignore", "*",
                    "a.bin", pointer),
                Optional.of("FROM scratch\nCOPY a.bin /\n")))
            .findings();

    assertThat(findings)
        .extracting(BuildPlan.Finding::rule)
        .contains("InlineFileNotUsed", "DockerfileNotUsed", "IgnoreFileNotUsed", "GitLfsPointer");
    assertThat(findings)
        .filteredOn(finding -> finding.rule().equals("InlineFileNotUsed"))
        .singleElement()
        .satisfies(finding -> {
          assertThat(finding.line()).isZero();
          assertThat(finding.message())
              .contains(
                  "spec.source.inline.files contains \"Dockerfile\"", "inline.dockerfile is used");
        });
  }

  private BuildPlan plan(SourceRequest source) throws IOException, InterruptedException {
    var digest = ((Termination.Prepared) prepare(source)).plan();
    return Json.read(
        LogFrame.find(log(), LogFrame.Kind.PLAN, digest).orElseThrow(), BuildPlan.class);
  }

  private Termination prepare(Map<String, String> files) throws IOException, InterruptedException {
    return prepare(new SourceRequest.Inline(files));
  }

  private Termination prepare(SourceRequest source) throws IOException, InterruptedException {
    return prepare(source, Optional.empty());
  }

  private Termination prepare(SourceRequest source, Optional<CheckRequest> checks)
      throws IOException, InterruptedException {
    var request =
        BuildRequest.builder(
                "team/hello",
                source,
                Platform.LINUX_AMD64,
                BuildRequest.Output.to(
                    ImageReference.parse("registry.example.com/hello:1"), LayerOptions.DEFAULT))
            .checks(checks)
            .build();
    var file = Files.writeString(folder.resolve("request.json"), Json.write(request));
    var locations =
        PhasePaths.of(
            List.of(
                "--request", file.toString(),
                "--workspace", folder.resolve("workspace").toString()));
    var log = new Log(new PrintStream(printed, true, StandardCharsets.UTF_8));
    return new PreparePhase(
            locations, (_, _) -> KnownImages.plain("alpine"), InstantSource.system(), log)
        .run();
  }

  private String log() {
    return printed.toString(StandardCharsets.UTF_8);
  }
}
