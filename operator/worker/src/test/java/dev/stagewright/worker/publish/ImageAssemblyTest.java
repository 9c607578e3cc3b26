package dev.stagewright.worker.publish;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.stagewright.layers.oci.Descriptor;
import dev.stagewright.layers.oci.Digest;
import dev.stagewright.layers.oci.History;
import dev.stagewright.layers.oci.ImageReference;
import dev.stagewright.layers.oci.MediaTypes;
import dev.stagewright.layers.oci.Platform;
import dev.stagewright.protocol.BuildPlan;
import dev.stagewright.protocol.BuildRequest.ImageFormat;
import dev.stagewright.protocol.InstructionPosition;
import dev.stagewright.protocol.SourceRequest;
import dev.stagewright.protocol.StageBase;
import dev.stagewright.protocol.StagePlan;
import dev.stagewright.protocol.StagePlan.HistoryEntry;
import dev.stagewright.protocol.StageResult;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

class ImageAssemblyTest {
  private static final Instant NOW = Instant.parse("2026-11-21T10:00:00Z");
  private static final ImageReference LOCATION = ImageReference.parse("mirror.example.com/alpine");
  private static final String TEMPLATE =
      """
      {"architecture":"amd64","os":"linux","config":{"Cmd":["/app"],"WorkingDir":"/"}}\
      """;

  private final StagePlan parent =
      stage(
          "s0",
          new StageBase.Image(
              "alpine",
              ImageReference.parse("alpine"),
              LOCATION,
              List.of(
                  new StageBase.BaseLayer(
                      new Descriptor(MediaTypes.DOCKER_LAYER_GZIP, digest("base"), 10),
                      digest("base diff"))),
              Set.of(),
              List.of()),
          new HistoryEntry("RUN apk add git", 0, 0));
  private final StagePlan target =
      stage(
          "s1",
          new StageBase.Stage("s0"),
          new HistoryEntry("COPY app /app", 0, 0),
          new HistoryEntry("CMD [\"/app\"]", -1, 0));
  private final Map<String, StageResult> results =
      Map.of("s0", result("s0", "git"), "s1", result("s1", "app"));

  @Test
  void stacksLayersOfBaseAndStages() throws Exception {
    var image = assemble("[]", parent, target);

    assertThat(image.layers())
        .extracting(LayerSource::diffId)
        .containsExactly(digest("base diff"), digest("git diff"), digest("app diff"));
    assertThat(image.layers().getFirst())
        .isInstanceOfSatisfying(
            LayerSource.Base.class, base -> assertThat(base.image()).isEqualTo(LOCATION));
    assertThat(image.config().diffIds())
        .containsExactly(digest("base diff"), digest("git diff"), digest("app diff"));
  }

  @Test
  void usesOciMediaTypesOnly() throws Exception {
    var image = assemble("[]", parent, target);

    assertThat(image.manifest().layers())
        .extracting(Descriptor::mediaType)
        .containsOnly(MediaTypes.LAYER_GZIP);
    var config = image.config().bytes();
    assertThat(image.manifest().config())
        .isEqualTo(new Descriptor(MediaTypes.CONFIG, Digest.of(config), config.length));
    assertThat(image.size()).isEqualTo(config.length + 10 + 3 + 3);
  }

  @Test
  void continuesHistoryOfBase() throws Exception {
    var image =
        assemble(
            """
            [{"created":"2020-01-01T00:00:00Z","created_by":"ADD rootfs.tar /"},
             {"created_by":"CMD [\\"sh\\"]","empty_layer":true}]\
            """,
            parent,
            target);

    assertThat(image.config().created()).contains(NOW);
    assertThat(image.config().history())
        .extracting(entry -> entry.createdBy().orElse(""), History::emptyLayer)
        .containsExactly(
            tuple("ADD rootfs.tar /", false),
            tuple("CMD [\"sh\"]", true),
            tuple("RUN apk add git", false),
            tuple("COPY app /app", false),
            tuple("CMD [\"/app\"]", true));
    assertThat(image.config().history().getFirst().created())
        .contains(Instant.parse("2020-01-01T00:00:00Z"));
    assertThat(image.config().history().getLast().created()).contains(NOW);
  }

  @Test
  void usesDockerMediaTypesOnly() throws Exception {
    var plan = plan("[]", parent, target);
    var manifest = assembly(plan, results, ImageFormat.DOCKER).assemble().manifest();

    assertThat(manifest.mediaType()).isEqualTo(MediaTypes.DOCKER_MANIFEST);
    assertThat(manifest.config().mediaType()).isEqualTo(MediaTypes.DOCKER_CONFIG);
    assertThat(manifest.layers())
        .extracting(Descriptor::mediaType)
        .containsOnly(MediaTypes.DOCKER_LAYER_GZIP);
    assertThat(manifest.annotations()).isEmpty();
  }

  @Test
  void keepsCreationTimeOfBaseWithoutAdditions() throws Exception {
    var bare = stage("s0", parent.base());
    var nothing = new StageResult("s0", List.of(), Optional.empty());
    var plan =
        plan("[{\"created\":\"2020-01-01T00:00:00Z\",\"created_by\":\"ADD rootfs.tar /\"}]", bare);

    assertThat(assembly(plan, Map.of("s0", nothing), ImageFormat.OCI).assemble().config().created())
        .contains(Instant.parse("2020-01-01T00:00:00Z"));
  }

  @Test
  void completesMissingHistoryOfBase() throws Exception {
    var image = assemble("[]", parent, target);

    assertThat(image.config().history().stream().filter(entry -> !entry.emptyLayer()))
        .hasSameSizeAs(image.layers());
  }

  @Test
  void marksExcessHistoryAsEmptyLayers() throws Exception {
    var image = assemble("[{\"created_by\":\"a\"},{\"created_by\":\"b\"}]", parent, target);

    assertThat(image.config().history().get(1).emptyLayer()).isTrue();
    assertThat(image.config().history().stream().filter(entry -> !entry.emptyLayer()))
        .hasSameSizeAs(image.layers());
  }

  @Test
  void marksStepWithoutLayerAsEmptyLayer() throws Exception {
    var alone =
        stage(
            "s0",
            new StageBase.Scratch(),
            new HistoryEntry("COPY app /app", 0, 0),
            new HistoryEntry("WORKDIR /", 1, 0));
    var image = assemble("[]", alone);

    assertThat(image.layers()).hasSize(1);
    assertThat(image.config().history().get(1).emptyLayer()).isTrue();
  }

  @Test
  void layersOfKnownStepsKeepTheirTimes() throws Exception {
    var known = Map.of("s0", result("s0", "git", 1000), "s1", result("s1", "app", 2000));
    var image = assembly(plan("[]", parent, target), known, ImageFormat.OCI).assemble();

    assertThat(image.config().history().stream().skip(1))
        .extracting(entry -> entry.created().orElseThrow().getEpochSecond())
        .containsExactly(1000L, 2000L, 2000L);
    assertThat(image.config().created()).contains(Instant.ofEpochSecond(2000));
  }

  @Test
  void anEntryBeforeTheFirstLayerHasItsTime() throws Exception {
    var alone =
        stage(
            "s0",
            new StageBase.Scratch(),
            new HistoryEntry("ENV A=B", -1, 0),
            new HistoryEntry("COPY app /app", 0, 0));
    var known = Map.of("s0", result("s0", "app", 2000));
    var image = assembly(plan("[]", alone), known, ImageFormat.OCI).assemble();

    assertThat(image.config().history())
        .extracting(entry -> entry.created().orElseThrow().getEpochSecond())
        .containsExactly(2000L, 2000L);
  }

  @Test
  void aLaterImageOfKnownStepsIsTheSame() throws Exception {
    var known = Map.of("s0", result("s0", "git", 1000), "s1", result("s1", "app", 2000));
    var plan = plan("[]", parent, target);

    assertThat(assembly(plan, known, NOW).manifest().bytes())
        .isEqualTo(assembly(plan, known, NOW.plusSeconds(3600)).manifest().bytes());
  }

  @Test
  void aFixedTimeAppliesToKnownStepsToo() throws Exception {
    var known = Map.of("s0", result("s0", "git", 1000), "s1", result("s1", "app", 2000));
    var annotations = new Annotations(new SourceRequest.Mounted(), Map.of());
    var fixed = new CreationTime(Instant.ofEpochSecond(5), true);
    var image =
        new ImageAssembly(plan("[]", parent, target), known, fixed, ImageFormat.OCI, annotations)
            .assemble();

    assertThat(image.config().history().stream().skip(1))
        .extracting(entry -> entry.created().orElseThrow().getEpochSecond())
        .containsOnly(5L);
  }

  @Test
  void isReproducible() throws Exception {
    assertThat(assemble("[]", parent, target).manifest().bytes())
        .isEqualTo(assemble("[]", parent, target).manifest().bytes());
  }

  private AssembledImage assemble(String history, StagePlan... stages) throws Exception {
    return assembly(plan(history, stages), results, ImageFormat.OCI).assemble();
  }

  private static AssembledImage assembly(
      BuildPlan plan, Map<String, StageResult> results, Instant now) throws Exception {
    var annotations = new Annotations(new SourceRequest.Mounted(), Map.of());
    return new ImageAssembly(
            plan, results, new CreationTime(now, false), ImageFormat.OCI, annotations)
        .assemble();
  }

  private static ImageAssembly assembly(
      BuildPlan plan, Map<String, StageResult> results, ImageFormat format) {
    var annotations = new Annotations(new SourceRequest.Mounted(), Map.of());
    return new ImageAssembly(plan, results, new CreationTime(NOW, false), format, annotations);
  }

  private static BuildPlan plan(String history, StagePlan... stages) {
    return BuildPlan.builder(Platform.LINUX_AMD64, List.of(stages), List.of(stages).getLast().id())
        .image(new BuildPlan.ImageTemplate(TEMPLATE, history))
        .build();
  }

  private static StagePlan stage(String id, StageBase base, HistoryEntry... history) {
    return StagePlan.builder(id, id, new InstructionPosition("Dockerfile", 1, "FROM x"))
        .base(base)
        .snapshot(true)
        .history(List.of(history))
        .build();
  }

  private static StageResult result(String stage, String layer) {
    var blob = new Descriptor(MediaTypes.LAYER_GZIP, digest(layer), layer.length());
    return new StageResult(
        stage, List.of(new StageResult.Layer(0, blob, digest(layer + " diff"))), Optional.empty());
  }

  private static StageResult result(String stage, String layer, long created) {
    var made = result(stage, layer).layers().getFirst();
    return new StageResult(
        stage,
        List.of(
            new StageResult.Layer(
                made.step(), made.blob(), made.diffId(), made.details(), Optional.of(created))),
        Optional.empty());
  }

  private static Digest digest(String text) {
    return Digest.of(text.getBytes(StandardCharsets.UTF_8));
  }
}
