package dev.stagewright.protocol;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.stagewright.layers.oci.Descriptor;
import dev.stagewright.layers.oci.Digest;
import dev.stagewright.layers.oci.ImageReference;
import dev.stagewright.layers.oci.Platform;
import dev.stagewright.protocol.BuildPlan.Finding;
import dev.stagewright.protocol.StageBase.BaseLayer;
import dev.stagewright.protocol.StagePlan.HistoryEntry;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

class JsonTest {
  private static final Digest DIGEST = Digest.of("x".getBytes(StandardCharsets.UTF_8));
  private static final InstructionPosition AT =
      new InstructionPosition("Dockerfile", 3, "RUN make");

  private static final BuildPlan PLAN =
      BuildPlan.builder(
              Platform.LINUX_AMD64,
              List.of(
                  StagePlan.builder("s0", "builder", AT)
                      .base(
                          new StageBase.Image(
                              "golang",
                              ImageReference.parse("golang@" + DIGEST),
                              ImageReference.parse("10.0.0.1:5000/library/golang@" + DIGEST),
                              List.of(new BaseLayer(new Descriptor("t", DIGEST, 1L << 40), DIGEST)),
                              Set.of("PATH"),
                              List.of()))
                      .steps(
                          List.of(
                              new Step.Run(
                                  AT,
                                  List.of("/bin/sh", "-c", "a\nb"),
                                  List.of(),
                                  Map.of("A", "ü"),
                                  "/",
                                  "",
                                  new RunOptions(
                                      List.of(
                                          new RunMount.Secret(
                                              "k",
                                              Optional.empty(),
                                              Optional.of("K"),
                                              true,
                                              256,
                                              0,
                                              0),
                                          new RunMount.Tmpfs("/t", Optional.of(1L << 20))),
                                      RunOptions.Network.NONE,
                                      false)),
                              Step.Copy.builder(AT, new Step.CopyFrom.Stage("s1"), "/d/")
                                  .sources(List.of("/a"))
                                  .files(List.of(new Step.InlineFile("f", "text")))
                                  .chown(Optional.of("1:2"))
                                  .unpack(true)
                                  .build()))
                      .exports(List.of("/a"))
                      .snapshot(true)
                      .history(List.of(new HistoryEntry("RUN make", 0, 0)))
                      .build()),
              "s0")
          .revision(Optional.of("0123abc"))
          .pruned(List.of("unused"))
          .references(List.of(ImageReference.parse("registry.example.com/team/app:1")))
          .layers(new LayerOptions(LayerOptions.Algorithm.ZSTD, Optional.of(1L << 33)))
          .findings(List.of(new Finding("Rule", "message", 2)))
          .build();

  @Test
  void planIsReadBack() {
    assertThat(Json.read(Json.write(PLAN), BuildPlan.class)).isEqualTo(PLAN);
  }

  @Test
  void recordOfSealedInterfaceIsReadByItsName() {
    Termination termination = new Termination.Failed(Failure.of(FailureReason.RunFailed, "m"));

    var json = Json.write((Record) termination);

    assertThat(json)
        .isEqualTo(
            "{\"type\":\"Failed\",\"failure\":{\"reason\":\"RunFailed\",\"message\":\"m\"}}");
    assertThat(Json.read(json, Termination.class)).isEqualTo(termination);
  }

  @Test
  void unknownPropertiesAreSkipped() {
    assertThat(
            Json.read(
                "{\"rule\":\"R\",\"new\":{\"a\":[1]},\"message\":\"m\",\"line\":1}", Finding.class))
        .isEqualTo(new Finding("R", "m", 1));
  }

  @Test
  void missingOrWrongValueIsReportedWithItsPath() {
    assertThatThrownBy(() -> Json.read("{\"rule\":\"R\",\"line\":1}", Finding.class))
        .isInstanceOf(Json.MalformedJsonException.class)
        .hasMessage("$.message is missing");
    assertThatThrownBy(() -> Json.read("{\"rule\":1,\"message\":\"m\",\"line\":1}", Finding.class))
        .hasMessage("$.rule must be a String, but it is 1");
    assertThatThrownBy(() -> Json.read("{\"type\":\"Nope\"}", Termination.class))
        .hasMessage("$: unknown type Nope of Termination");
    assertThatThrownBy(() -> Json.read("{\"rule\"", Finding.class))
        .isInstanceOf(Json.MalformedJsonException.class);
    assertThatThrownBy(() -> Json.read("", Finding.class))
        .isInstanceOf(Json.MalformedJsonException.class);
  }

  @Test
  void planIsFoundInTheLogByItsDigest() {
    var json = Json.write(PLAN);
    var digest = Digest.of(json.getBytes(StandardCharsets.UTF_8));
    var log =
        "hello\n"
            + LogFrame.format(LogFrame.Kind.PLAN, "{}")
            + "\n"
            + LogFrame.format(LogFrame.Kind.PLAN, json)
            + "\nbye\n";

    assertThat(LogFrame.find(log, LogFrame.Kind.PLAN, digest)).contains(json);
    assertThat(LogFrame.find(log.replace("H4sI", "H4sJ"), LogFrame.Kind.PLAN, digest)).isEmpty();
    assertThat(LogFrame.find("hello", LogFrame.Kind.PLAN, digest)).isEmpty();
  }

  @Test
  void stepMarkerIsParsed() {
    var marker = new StepMarker("builder", 3, 4, "RUN go build -o x");

    assertThat(StepMarker.parse(marker.toString())).contains(marker);
    assertThat(marker.step()).isEqualTo("3/4 RUN go build -o x");
    assertThat(StepMarker.parse("[builder 3/4] done in 2 s")).isEmpty();
    assertThat(StepMarker.parse("anything")).isEmpty();
  }

  @Test
  void stageNeedsOtherStages() {
    assertThat(PLAN.stage("s0").needs()).containsExactly("s1");
    assertThat(PLAN.stage("s0").usesContext()).isFalse();
  }

  @Test
  void exportsAreInTheDirectoryOfTheirStage() {
    for (var folder : List.of("../s1", "/etc", "..", ".", "", "a/b")) {
      var json =
          """
          {"stage": "s0", "layers": [], "exports": {"folder": "%s", "bytes": 1}}
          """
              .formatted(folder);
      assertThatThrownBy(() -> Json.read(json, StageResult.class))
          .isInstanceOf(Json.MalformedJsonException.class)
          .hasMessageContaining("not the name of a directory");
    }
  }
}
