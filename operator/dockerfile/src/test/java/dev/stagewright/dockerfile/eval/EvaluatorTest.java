package dev.stagewright.dockerfile.eval;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.stagewright.dockerfile.PlatformId;
import dev.stagewright.dockerfile.eval.EvaluatedInstruction.Run;
import dev.stagewright.dockerfile.parser.DockerfileParser;
import dev.stagewright.dockerfile.source.DockerfileException;
import dev.stagewright.dockerfile.stages.BuildOptions;
import dev.stagewright.dockerfile.stages.FileSource;
import dev.stagewright.dockerfile.stages.TargetNotFoundException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class EvaluatorTest {
  private final BuildOptions options = BuildOptions.forPlatform(PlatformId.of("linux", "amd64"));

  private Evaluation evaluate(String dockerfile, BuildOptions with) {
    return new Evaluator(DockerfileParser.parse(dockerfile), with)
        .evaluate(image -> ImageSettings.empty());
  }

  private EvaluatedStage target(String dockerfile) {
    return evaluate(dockerfile, options).targetStage();
  }

  private static List<String> history(EvaluatedStage stage) {
    return stage.history().stream().map(HistoryLine::createdBy).toList();
  }

  @Test
  void doesNotCleanAbsoluteWorkdir() {
    var stage = target("FROM alpine\nWORKDIR /one//two/../three/\nRUN pwd\n");

    assertThat(stage.settings().workingDirectory()).isEqualTo("/one//two/../three/");
    assertThat(stage.history().getFirst().createdBy()).isEqualTo("WORKDIR /one//two/../three/");
    assertThat(((EvaluatedInstruction.Workdir) stage.instructions().getFirst()).path())
        .isEqualTo("/one/three");
    assertThat(((Run) stage.instructions().getLast()).workingDirectory())
        .isEqualTo("/one//two/../three/");
  }

  @Test
  void writesHistoryLikeBuildKit() {
    var stage =
        target(
            """
            FROM alpine
            ARG A=1
            ARG B
            ENV k=v l="a b"
            RUN echo hi
            COPY --chown=1 --chmod=755 a /b
            COPY <<EOF /c
            text
            EOF
            WORKDIR /x
            WORKDIR y
            USER u
            VOLUME /d /e
            EXPOSE 80 53/udp
            CMD ["sh"]
            ENTRYPOINT echo hi
            SHELL ["a", "b"]
            STOPSIGNAL SIGTERM
            LABEL a=b
            HEALTHCHECK --interval=30s CMD true
            MAINTAINER me
            ADD a b /c/
            RUN ["ls", "-l"]
            """);

    assertThat(history(stage))
        .containsExactly(
            "ARG A=1",
            "ARG B",
            "ENV k=v l=a b",
            "RUN |2 A=1 B= /bin/sh -c echo hi # buildkit",
            "COPY --chown=1 --chmod=755 a /b # buildkit",
            "COPY <<EOF /c # buildkit",
            "WORKDIR /x",
            "WORKDIR /x/y",
            "USER u",
            "VOLUME [/d /e]",
            "EXPOSE [53/udp 80/tcp]",
            "CMD [\"sh\"]",
            "ENTRYPOINT [\"/bin/sh\" \"-c\" \"echo hi\"]",
            "SHELL [a b]",
            "STOPSIGNAL SIGTERM",
            "LABEL a=b",
            "HEALTHCHECK &{[\"CMD-SHELL\" \"true\"] \"30s\" \"0s\" \"0s\" \"0s\" '\\x00'}",
            "MAINTAINER me",
            "ADD a b /c/ # buildkit",
            "RUN |2 A=1 B= ls -l # buildkit");
  }

  @Test
  void marksEmptyLayers() {
    var stage = target("FROM alpine\nENV a=b\nWORKDIR /\nWORKDIR /x\nRUN x\nCOPY a b\n");

    assertThat(stage.history().stream().map(HistoryLine::emptyLayer))
        .containsExactly(true, true, false, false, false);
  }

  @Test
  void setsEnvironmentOfRun() {
    var stage =
        evaluate(
                "FROM alpine\nARG A=1\nENV E=$A\nWORKDIR /w\nUSER me\nRUN make\n",
                options.withBuildArgs(Map.of("A", "2", "http_proxy", "http://p")))
            .targetStage();
    var run = (Run) stage.instructions().getLast();

    assertThat(run.command()).containsExactly("/bin/sh", "-c", "make");
    assertThat(run.environment())
        .containsEntry("A", "2")
        .containsEntry("E", "2")
        .containsEntry("HTTP_PROXY", "http://p")
        .containsEntry("http_proxy", "http://p")
        .containsKey("PATH");
    assertThat(run.proxies()).containsExactlyInAnyOrder("HTTP_PROXY", "http_proxy");
    assertThat(run.workingDirectory()).isEqualTo("/w");
    assertThat(run.user()).isEqualTo("me");
    assertThat(stage.settings().environment()).containsEntry("E", "2").doesNotContainKey("A");
  }

  @Test
  void runsOnBuildTriggersFirst() {
    var dockerfile = DockerfileParser.parse("FROM base\nRUN own\n");
    var evaluation =
        new Evaluator(dockerfile, options)
            .evaluate(image -> withTriggers("RUN first", "COPY --from=tools /t /t"));
    var stage = evaluation.targetStage();

    assertThat(stage.instructions().stream().map(EvaluatedInstruction::text))
        .containsExactly("ONBUILD RUN first", "ONBUILD COPY --from=tools /t /t", "RUN own");
    assertThat(stage.settings().onBuild()).isEmpty();
    assertThat(evaluation.images().stream().map(RequiredImage::name))
        .containsExactly("base", "tools");
  }

  @Test
  void listsRequiredImagesBeforeEvaluation() {
    var evaluator =
        new Evaluator(
            DockerfileParser.parse(
                """
                ARG V=3
                FROM alpine:$V AS a
                FROM unused
                FROM scratch
                COPY --from=a /x /x
                COPY --from=busybox /y /y
                """),
            options);

    assertThat(evaluator.requiredImages().stream().map(i -> i.use() + " " + i.name()))
        .containsExactly("BASE alpine:3", "FILES busybox");
  }

  @Test
  void listsNeedsOfInstructions() {
    var stage =
        target(
            """
            FROM a AS one
            FROM b
            COPY --from=one /x/../y z* /d/
            RUN --mount=from=one,source=/s,target=/t make
            """);

    assertThat(stage.needs())
        .containsExactly(
            new EvaluatedStage.Need(0, new FileSource.Stage(0), List.of("/y", "/z*")),
            new EvaluatedStage.Need(1, new FileSource.Stage(0), List.of("/s")));
  }

  @Test
  void prunesUnneededStages() {
    var evaluation =
        evaluate(
            "FROM a AS one\nFROM b AS two\nFROM one AS three\n",
            options.withTarget(Optional.of("three")));

    assertThat(evaluation.stages().stream().map(EvaluatedStage::name))
        .containsExactly("one", "three");
    assertThat(evaluation.pruned().stream().map(s -> s.label())).containsExactly("two");
  }

  @Test
  void resolvesTargetByNameOrIndex() {
    var dockerfile = "FROM a AS one\nFROM b\nFROM c AS three\n";

    assertThat(evaluate(dockerfile, options.withTarget(Optional.of("ONE"))).target()).isZero();
    assertThat(evaluate(dockerfile, options.withTarget(Optional.of("1"))).target()).isEqualTo(1);
    assertThat(evaluate(dockerfile, options).target()).isEqualTo(2);
    assertThatThrownBy(() -> evaluate(dockerfile, options.withTarget(Optional.of("thre"))))
        .isInstanceOf(TargetNotFoundException.class)
        .hasMessage("target stage \"thre\" could not be found (did you mean three?)");
  }

  @Test
  void rejectsCopyFromLaterStage() {
    assertThatThrownBy(() -> target("FROM a AS x\nCOPY --from=y /a /b\nFROM b AS y\nFROM x\n"))
        .isInstanceOf(DockerfileException.class)
        .hasMessage(
            "dockerfile parse error on line 2: cannot copy from stage \"y\", it needs to be defined"
                + " before current stage \"x\"");
  }

  private static ImageSettings withTriggers(String... triggers) {
    var e = ImageSettings.empty();
    return new ImageSettings(
        e.environment(),
        e.user(),
        e.workingDirectory(),
        e.shell(),
        e.entrypoint(),
        e.cmd(),
        e.labels(),
        e.exposedPorts(),
        e.volumes(),
        e.stopSignal(),
        e.healthcheck(),
        List.of(triggers),
        e.author(),
        e.argsEscaped());
  }
}
