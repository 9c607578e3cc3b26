package dev.stagewright.worker.cache.record;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stagewright.cache.key.CacheKey;
import dev.stagewright.cache.record.StepRecord;
import dev.stagewright.layers.oci.Digest;
import dev.stagewright.layers.oci.ImageReference;
import dev.stagewright.layers.oci.Platform;
import dev.stagewright.protocol.BuildPlan;
import dev.stagewright.protocol.CacheRequest;
import dev.stagewright.protocol.InstructionPosition;
import dev.stagewright.protocol.Json;
import dev.stagewright.protocol.StageBase;
import dev.stagewright.protocol.StagePlan;
import dev.stagewright.protocol.StageResult;
import dev.stagewright.protocol.StageStart;
import dev.stagewright.protocol.Step;
import dev.stagewright.protocol.StepResult;
import dev.stagewright.protocol.Workspace;
import dev.stagewright.registry.http.Content;
import dev.stagewright.worker.cache.store.CacheStore;
import dev.stagewright.worker.cache.store.HarborCache;
import dev.stagewright.worker.registries.SmallImage;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;

/** A build in a directory whose stages are played, and which is recorded in a registry. */
final class RecordedBuild implements RecordSource, OutputLayers {
  private final Path workspace;
  private final HarborCache cache;
  private final BuildPlan plan;
  private final Map<String, StepRecord> known = new HashMap<>();
  private final Map<String, List<StageResult.Layer>> layers = new HashMap<>();

  /**
   * Creates a build.
   *
   * @param stages stages of the plan; the last one is the target
   */
  RecordedBuild(Path workspace, HarborCache cache, StagePlan... stages) throws IOException {
    this.workspace = workspace;
    this.cache = cache;
    for (var stage : stages) {
      Files.createDirectories(directory(stage).resolve(Workspace.BLOBS));
      Files.createDirectories(directory(stage).resolve(Workspace.STEPS));
    }
    this.plan =
        BuildPlan.builder(Platform.LINUX_AMD64, List.of(stages), List.of(stages).getLast().id())
            .references(List.of(image()))
            .image(
                new BuildPlan.ImageTemplate("{\"architecture\":\"amd64\",\"os\":\"linux\"}", "[]"))
            .build();
  }

  /** A stage with so many steps. */
  static StagePlan stage(String id, StageBase base, int steps) {
    return StagePlan.builder(id, "stage-" + id, position("FROM " + id))
        .base(base)
        .steps(
            IntStream.range(0, steps)
                .mapToObj(i -> new Step.Workdir(position("STEP " + i), "/", ""))
                .toList())
        .snapshot(true)
        .build();
  }

  private static InstructionPosition position(String instruction) {
    return new InstructionPosition("Dockerfile", 1, instruction);
  }

  BuildPlan plan() {
    return plan;
  }

  ImageReference image() {
    return ImageReference.parse(cache.harbor().host() + "/team/app:1");
  }

  /** The key of a step. */
  static CacheKey stepKey(StagePlan stage, int step) {
    return HarborCache.key("step " + step + " of " + stage.id());
  }

  /** The key of the files of a stage. */
  static CacheKey filesKey(StagePlan stage) {
    return HarborCache.key("files of " + stage.id());
  }

  /** Records the build in a store. */
  BuildRecorder recorder(CacheStore store, CacheRequest.Mode mode) {
    return new BuildRecorder(
        new Recording("team/app", plan, mode, workspace, store, this, this, cache::instant),
        _ -> {},
        cache.log());
  }

  /** The first steps of a stage are known by this record. */
  void continues(StagePlan stage, StepRecord record) {
    known.put(stage.id(), record);
  }

  /** A step of a stage ends after 100 ms, with a layer that has details. */
  StageResult.Layer ended(StagePlan stage, int step) throws IOException {
    var blobs = directory(stage).resolve(Workspace.BLOBS);
    var layer = SmallImage.layer(blobs, stage.id() + "-" + step, "made");
    var details = ("details of " + stage.id() + step).getBytes(StandardCharsets.UTF_8);
    Files.write(blobs.resolve(Digest.of(details).hex()), details);
    var result =
        new StageResult.Layer(step, layer.blob(), layer.diffId(), Optional.of(Digest.of(details)));
    layers.computeIfAbsent(stage.id(), _ -> new ArrayList<>()).add(result);
    Files.writeString(
        directory(stage).resolve(Workspace.step(step)), Json.write(new StepResult(result, 100)));
    return result;
  }

  /** The result of a stage whose steps have ended. */
  StageResult result(StagePlan stage) {
    return new StageResult(
        stage.id(), layers.getOrDefault(stage.id(), List.of()), Optional.empty());
  }

  /** The result of a stage with an archive of exports. */
  StageResult resultWithFiles(StagePlan stage, byte[] archive) throws IOException {
    Files.createDirectories(directory(stage).resolve("exports-1"));
    Files.write(directory(stage).resolve("exports-1").resolve(Workspace.TAR), archive);
    Files.writeString(directory(stage).resolve(Workspace.RESULT), "{}");
    return new StageResult(
        stage.id(), List.of(), Optional.of(new StageResult.Exports("exports-1", archive.length)));
  }

  /** A stage starts at this time, in seconds since 1970. */
  void started(StagePlan stage, long time) throws IOException {
    var start = directory(stage).resolve("start/STAGE");
    assertThat(new StageStart(directory(stage)).take(StageStart.Owner.STAGE))
        .isEqualTo(StageStart.Owner.STAGE);
    Files.setLastModifiedTime(start, FileTime.from(time, TimeUnit.SECONDS));
  }

  /** A file of a stage was written at this time, in seconds since 1970. */
  void written(StagePlan stage, String file, long time) throws IOException {
    Files.setLastModifiedTime(
        directory(stage).resolve(file), FileTime.from(time, TimeUnit.SECONDS));
  }

  private Path directory(StagePlan stage) {
    return workspace.resolve(Workspace.stage(stage.id()));
  }

  @Override
  public Optional<CacheKey> step(StagePlan stage, int step) {
    return Optional.of(stepKey(stage, step));
  }

  @Override
  public Optional<CacheKey> files(StagePlan stage) {
    return Optional.of(filesKey(stage));
  }

  @Override
  public Map<String, Digest> selections(StagePlan stage) {
    return Map.of("selection", Digest.of(new byte[0]));
  }

  @Override
  public Optional<StepRecord> known(StagePlan stage) {
    return Optional.ofNullable(known.get(stage.id()));
  }

  /** Pushes a layer to the repository of the image. */
  @Override
  public List<ImageReference> await(StagePlan stage, StageResult.Layer layer) throws IOException {
    try (var client = cache.client()) {
      var file = directory(stage).resolve(Workspace.blob(layer.blob().digest()));
      client.pusher(image()).push(layer.blob(), Content.ofFile(file));
    }
    return List.of(image());
  }

  @Override
  public void awaitIdle() {}
}
