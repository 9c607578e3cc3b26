package dev.stagewright.worker.prepare;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.stagewright.layers.oci.ContainerConfig;
import dev.stagewright.layers.oci.ImageConfig;
import dev.stagewright.layers.oci.ImageReference;
import dev.stagewright.layers.oci.Platform;
import dev.stagewright.protocol.BuildFailedException;
import dev.stagewright.protocol.BuildPlan;
import dev.stagewright.protocol.BuildRequest;
import dev.stagewright.protocol.Failure;
import dev.stagewright.protocol.FailureReason;
import dev.stagewright.protocol.ImageChecks;
import dev.stagewright.protocol.InstructionPosition;
import dev.stagewright.protocol.Json;
import dev.stagewright.protocol.LayerOptions;
import dev.stagewright.protocol.SourceRequest;
import dev.stagewright.protocol.StageBase;
import dev.stagewright.protocol.StagePlan;
import dev.stagewright.protocol.StagePlan.HistoryEntry;
import dev.stagewright.protocol.Step;
import dev.stagewright.worker.images.ImageCatalog;
import dev.stagewright.worker.images.KnownImages;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class DockerfilePlannerTest {
  private static final String GO_SERVER =
      """
      FROM golang as builder
      WORKDIR /go/src
      COPY httpserver.go .
      RUN CGO_ENABLED=0 go build -o myhttpserver ./httpserver.go

      From alpine:latest
      WORKDIR /root/
      COPY --from=builder /go/src/myhttpserver .
      RUN chmod +x /root/myhttpserver
      ENTRYPOINT ["/root/myhttpserver"]
      """;

  private KnownImages images =
      new KnownImages(
          Map.of(
              "golang", ContainerConfig.EMPTY.withEnv(List.of("GOPATH=/go", "PATH=/go/bin:/bin")),
              "alpine:latest", ContainerConfig.EMPTY.withCmd(List.of("/bin/sh"))));
  private Optional<String> target = Optional.empty();
  private Map<String, String> buildArgs = Map.of();

  @Test
  void plansTwoStageBuild() {
    var plan = plan(GO_SERVER);

    assertThat(plan.stages()).extracting(StagePlan::id).containsExactly("s0", "s1");
    assertThat(plan.stages()).extracting(StagePlan::name).containsExactly("builder", "1");
    assertThat(plan.stages()).extracting(StagePlan::snapshot).containsExactly(false, true);
    assertThat(plan.target()).isEqualTo("s1");
    assertThat(plan.stage("s0").exports()).containsExactly("/go/src/myhttpserver");
    assertThat(plan.stage("s0").steps())
        .containsExactly(
            new Step.Workdir(at(2, "WORKDIR /go/src"), "/go/src", ""),
            Step.Copy.builder(
                    at(3, "COPY httpserver.go ."), new Step.CopyFrom.Context(), "/go/src/")
                .sources(List.of("httpserver.go"))
                .build(),
            new Step.Run(
                at(4, "RUN CGO_ENABLED=0 go build -o myhttpserver ./httpserver.go"),
                List.of("/bin/sh", "-c", "CGO_ENABLED=0 go build -o myhttpserver ./httpserver.go"),
                List.of(),
                Map.of("GOPATH", "/go", "PATH", "/go/bin:/bin"),
                "/go/src",
                ""));
    assertThat(((Step.Copy) plan.stage("s1").steps().get(1)).from())
        .isEqualTo(new Step.CopyFrom.Stage("s0"));
  }

  @Test
  void recordsBaseImage() {
    var base = (StageBase.Image) plan(GO_SERVER).stage("s0").base();

    assertThat(base.name()).isEqualTo("golang");
    assertThat(base.pinned().name()).isEqualTo("docker.io/library/golang");
    assertThat(base.pinned().digest()).isPresent();
    assertThat(base.layers()).containsExactly(KnownImages.layer("golang"));
    assertThat(base.environment()).containsExactlyInAnyOrder("GOPATH", "PATH");
  }

  @Test
  void createsConfigFromBaseConfig() throws Exception {
    var plan = plan(GO_SERVER);

    var config = ImageConfig.parse(plan.image().config().getBytes(StandardCharsets.UTF_8));
    assertThat(config.config().entrypoint()).containsExactly("/root/myhttpserver");
    assertThat(config.config().cmd()).isEmpty();
    assertThat(config.config().workingDir()).contains("/root/");
    assertThat(ImageConfig.parseHistory(plan.image().baseHistory()))
        .singleElement()
        .satisfies(entry -> assertThat(entry.createdBy()).contains("alpine:latest"));
  }

  @Test
  void recordsStepOfHistoryEntries() {
    assertThat(plan(GO_SERVER).stage("s1").history())
        .containsExactly(
            new HistoryEntry("WORKDIR /root/", 0, 7),
            new HistoryEntry("COPY /go/src/myhttpserver . # buildkit", 1, 8),
            new HistoryEntry("RUN /bin/sh -c chmod +x /root/myhttpserver # buildkit", 2, 9),
            new HistoryEntry("ENTRYPOINT [\"/root/myhttpserver\"]", -1, 10));
  }

  @Test
  void createsNoStepForRootWorkdir() {
    var stage = plan("FROM scratch\nWORKDIR /\nCOPY a /a\n").stage("s0");

    assertThat(stage.steps()).hasSize(1);
    assertThat(stage.history()).extracting(HistoryEntry::step).containsExactly(-1, 0);
  }

  @Test
  void snapshotsParentsOfTarget() {
    var plan =
        plan(
            """
            FROM alpine:latest AS base
            RUN apk add git
            FROM base AS tools
            ENV A=1
            FROM base
            COPY --from=tools /usr/bin/git /usr/bin/
            """);

    assertThat(plan.stages()).extracting(StagePlan::snapshot).containsExactly(true, false, true);
    assertThat(plan.stage("s2").base()).isEqualTo(new StageBase.Stage("s0"));
    assertThat(plan.stage("s1").exports()).containsExactly("/usr/bin/git");
    assertThat(plan.stage("s0").exports()).isEmpty();
  }

  @Test
  void prunesUnneededStagesAndImages() {
    target = Optional.of("b");
    var plan =
        plan("FROM absent AS a\nFROM alpine:latest AS b\nRUN true\nFROM a AS c\nFROM scratch\n");

    assertThat(plan.stages()).extracting(StagePlan::id).containsExactly("s1");
    assertThat(plan.pruned()).containsExactly("a", "c", "3");
  }

  @Test
  void createsStageForCopiedImage() {
    var plan =
        plan(
            """
            FROM scratch
            COPY --from=alpine:latest /etc/os-release /a
            COPY --from=golang /usr/local/go /go
            COPY --from=alpine:latest etc/passwd /b
            """);

    assertThat(plan.stages()).extracting(StagePlan::id).containsExactly("i0", "i1", "s0");
    assertThat(plan.stage("i0").name()).isEqualTo("alpine:latest");
    assertThat(plan.stage("i0").position().line()).isEqualTo(2);
    assertThat(plan.stage("i0").exports()).containsExactly("/etc/os-release", "/etc/passwd");
    assertThat(plan.stage("i0").snapshot()).isFalse();
    assertThat(plan.stage("s0").needs()).containsExactly("i0", "i1");
  }

  @Test
  void copiesFromStageByIndex() {
    var plan = plan("FROM alpine:latest\nRUN true\nFROM scratch\nCOPY --from=0 ../x/ /x\n");

    assertThat(plan.stage("s0").exports()).containsExactly("/x");
  }

  @Test
  void expandsArguments() {
    buildArgs = Map.of("TAG", "latest", "WHO", "me");
    var plan = plan("ARG TAG\nFROM alpine:${TAG}\nARG WHO=you\nRUN echo $WHO\n");

    assertThat(((Step.Run) plan.stage("s0").steps().getFirst()).environment())
        .containsEntry("WHO", "me");
  }

  @Test
  void includesLintFindings() {
    assertThat(plan("FROM alpine:latest as Base\nRUN true\n").findings())
        .contains(
            new BuildPlan.Finding(
                "StageNameCasing",
                "Stage name 'Base' should be lowercase",
                1,
                Optional.of(ImageChecks.Severity.WARNING)),
            new BuildPlan.Finding(
                "FromAsCasing",
                "'as' and 'FROM' keywords' casing do not match",
                1,
                Optional.of(ImageChecks.Severity.WARNING)));
  }

  @Test
  void failsForFindingsOnRequest() {
    var failure = failureOf("# check=error=true\nFROM alpine:latest AS Base\nRUN true\n");

    assertThat(failure.reason()).isEqualTo(FailureReason.DockerfileInvalid);
    assertThat(failure.message()).isEqualTo("lint violation found for rules: StageNameCasing");
  }

  @Test
  void survivesSerialization() {
    var plan = plan(GO_SERVER);

    assertThat(Json.read(Json.write(plan), BuildPlan.class)).isEqualTo(plan);
  }

  @Test
  void rejectsUnsupportedInstructions() {
    var instruction = "ADD git://example.com/team/a.git /a";
    var failure = failureOf("FROM scratch AS web\n" + instruction + "\n");

    assertThat(failure.reason()).isEqualTo(FailureReason.Unsupported);
    assertThat(failure.message())
        .startsWith("ADD of a Git repository over a protocol other than HTTP");
    assertThat(failure.stage()).contains("web");
    assertThat(failure.position()).contains(at(2, instruction));
  }

  @Test
  void listsRemoteSourcesOnce() {
    var plan =
        plan(
            """
            FROM scratch AS tools
            ADD https://example.com/a.tgz /a
            FROM scratch
            COPY --from=tools /a /a
            ADD x https://example.com/b.git y https://example.com/a.tgz /dir/
            """);

    assertThat(remotes(plan, "s0", 0)).containsExactly(new Step.Remote("r0", "a.tgz", 0, false));
    assertThat(remotes(plan, "s1", 1))
        .containsExactly(
            new Step.Remote("r1", "", 1, false), new Step.Remote("r0", "a.tgz", 2, false));
    assertThat(plan.stage("s1").usesRemotes()).isTrue();
  }

  private static List<Step.Remote> remotes(BuildPlan plan, String stage, int step) {
    return ((Step.Copy) plan.stage(stage).steps().get(step)).remotes();
  }

  @Test
  void rejectsStageOfOtherPlatform() {
    var failure = failureOf("FROM --platform=linux/arm64 alpine:latest\nRUN true\n");

    assertThat(failure.reason()).isEqualTo(FailureReason.Unsupported);
    assertThat(failure.message()).contains("FROM --platform=linux/arm64", "linux/amd64");
  }

  @Test
  void reportsSyntaxErrorLikeDocker() {
    assertThat(failureOf("FROM scratch\n\nFRM alpine\n"))
        .isEqualTo(
            new Failure(
                FailureReason.DockerfileInvalid,
                "dockerfile parse error on line 3: unknown instruction: FRM (did you mean FROM?)",
                Optional.empty(),
                Optional.of(at(3, "FRM alpine")),
                Optional.empty()));
  }

  @Test
  void reportsMissingTarget() {
    target = Optional.of("biulder");

    var failure = failureOf(GO_SERVER);
    assertThat(failure.reason()).isEqualTo(FailureReason.TargetNotFound);
    assertThat(failure.message())
        .isEqualTo("target stage \"biulder\" could not be found (did you mean builder?)");
  }

  @Test
  void reportsFirstMissingImage() {
    images = KnownImages.plain("alpine:latest");

    assertThat(failureOf(GO_SERVER))
        .isEqualTo(
            Failure.at(
                FailureReason.BaseImageNotFound,
                "golang: not found",
                "builder",
                at(1, "FROM golang as builder")));
  }

  private BuildPlan plan(String dockerfile) {
    var request =
        BuildRequest.builder(
                "team/hello",
                new SourceRequest.Inline(Map.of()),
                Platform.LINUX_AMD64,
                BuildRequest.Output.to(
                    ImageReference.parse("registry.example.com/hello:1"), LayerOptions.DEFAULT))
            .target(target)
            .buildArgs(buildArgs)
            .build();
    try (var catalog = new ImageCatalog(images)) {
      return new DockerfilePlanner(
              request, new DockerfileText("Dockerfile", dockerfile, Optional.empty()), catalog)
          .plan(Optional.empty(), List.of())
          .plan();
    }
  }

  private Failure failureOf(String dockerfile) {
    return catchThrowableOfType(BuildFailedException.class, () -> plan(dockerfile)).failure();
  }

  private static InstructionPosition at(int line, String instruction) {
    return new InstructionPosition("Dockerfile", line, instruction);
  }
}
