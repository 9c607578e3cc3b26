package dev.stagewright.worker.cache.decision;

import dev.stagewright.cache.key.CacheKey;
import dev.stagewright.cache.key.FilesKey;
import dev.stagewright.cache.key.SelectionKey;
import dev.stagewright.cache.key.StageKeys;
import dev.stagewright.cache.record.FilesRecord;
import dev.stagewright.cache.record.LatestRecord;
import dev.stagewright.cache.record.StepRecord;
import dev.stagewright.layers.Compression;
import dev.stagewright.layers.oci.Descriptor;
import dev.stagewright.layers.oci.Digest;
import dev.stagewright.layers.oci.MediaTypes;
import dev.stagewright.layers.tar.TarEntry;
import dev.stagewright.layers.tar.TarWriter;
import dev.stagewright.protocol.BuildPlan;
import dev.stagewright.protocol.StageBase;
import dev.stagewright.protocol.StagePlan;
import dev.stagewright.protocol.StageResult;
import dev.stagewright.protocol.Step;
import dev.stagewright.worker.Log;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What a build records whose stages have all run. A layer contains the text of its step, which took
 * a second, and the files of each stage are the content that {@link TestFiles} has of it.
 */
final class EarlierBuild {
  static final long CREATED = 1_700_000_000;

  private final BuildPlan plan;
  private final String run;
  private final Map<CacheKey, StepRecord> steps = new LinkedHashMap<>();
  private final Map<CacheKey, FilesRecord> files = new LinkedHashMap<>();
  private final Map<Descriptor, byte[]> blobs = new LinkedHashMap<>();
  private final Map<String, List<StageResult.Layer>> layers = new HashMap<>();
  private final List<LatestRecord.Stage> latest = new ArrayList<>();

  /** A build of a plan with these files. */
  EarlierBuild(BuildPlan plan, TestFiles content) throws IOException {
    this(plan, content, "first run");
  }

  /**
   * A build of a plan with these files.
   *
   * @param run part of all layers: commands need not be reproducible
   */
  EarlierBuild(BuildPlan plan, TestFiles content, String run) throws IOException {
    this.plan = plan;
    this.run = run;
    var log = new Log(new PrintStream(OutputStream.nullOutputStream(), true));
    var keys = new PlanKeys(plan, content, log);
    for (var stage : plan.stages()) {
      record(stage, keys.find(stage, Map.of()).orElseThrow(), content);
    }
  }

  private void record(StagePlan stage, StageKeys keys, TestFiles content) throws IOException {
    var all = new ArrayList<StageResult.Layer>();
    if (stage.base() instanceof StageBase.Stage(var parent)) {
      all.addAll(layers.getOrDefault(parent, List.of()));
    }
    for (var i = 0; i < plan.layerCount(stage); i++) {
      all.add(layer(stage.steps().get(i), all.size()));
      var details =
          all.stream().flatMap(layer -> layer.details().stream()).map(this::details).toList();
      steps.put(
          keys.steps().get(i).key(),
          new StepRecord(
              stage.steps().get(i).position().instruction(),
              "team/app",
              CREATED,
              1000,
              1000L * all.size(),
              all,
              details));
    }
    layers.put(stage.id(), List.copyOf(all));
    latest.add(LatestRecord.Stage.of(plan, stage, keys));
    if (!stage.exports().isEmpty()) {
      var read = content.of(copyOf(stage)).orElseThrow();
      files.put(
          FilesKey.of(keys.last(), stage.exports()),
          new FilesRecord(
              "team/app",
              CREATED,
              1000L * stage.steps().size(),
              archive(read.digest().hex()),
              archiveSize(read.digest().hex()),
              Map.of(SelectionKey.of(copyOf(stage)).hex(), read.digest())));
    }
  }

  private static Step.Copy copyOf(StagePlan stage) {
    return (Step.Copy) TestStages.copyFrom(stage);
  }

  private StageResult.Layer layer(Step step, int index) {
    var text = step.position().instruction() + " in the " + run;
    var details = blob("details of " + text, StepRecord.DETAILS);
    return new StageResult.Layer(
        index,
        blob(text, MediaTypes.LAYER_GZIP),
        Digest.of(("content of " + text).getBytes(StandardCharsets.UTF_8)),
        Optional.of(details.digest()),
        Optional.of(CREATED));
  }

  private Descriptor blob(String text, String mediaType) {
    return blob(text.getBytes(StandardCharsets.UTF_8), mediaType);
  }

  private Descriptor blob(byte[] bytes, String mediaType) {
    var blob = new Descriptor(mediaType, Digest.of(bytes), bytes.length);
    blobs.put(blob, bytes);
    return blob;
  }

  private Descriptor details(Digest digest) {
    return blobs.keySet().stream()
        .filter(blob -> blob.digest().equals(digest))
        .findFirst()
        .orElseThrow();
  }

  private Descriptor archive(String text) throws IOException {
    var packed = new ByteArrayOutputStream();
    try (var out = Compression.GZIP.compress(packed)) {
      out.write(tar(text));
    }
    return blob(packed.toByteArray(), MediaTypes.LAYER_GZIP);
  }

  private static long archiveSize(String text) throws IOException {
    return tar(text).length;
  }

  private static byte[] tar(String text) throws IOException {
    var bytes = text.getBytes(StandardCharsets.UTF_8);
    var out = new ByteArrayOutputStream();
    try (var tar = new TarWriter(out)) {
      tar.put(TarEntry.file("out", bytes.length), new ByteArrayInputStream(bytes));
    }
    return out.toByteArray();
  }

  Map<CacheKey, StepRecord> steps() {
    return steps;
  }

  Map<CacheKey, FilesRecord> files() {
    return files;
  }

  Map<Descriptor, byte[]> blobs() {
    return blobs;
  }

  /** The record of the last step of a stage that has a layer. */
  CacheKey keyOfLastStep(StagePlan stage) {
    var instruction = stage.steps().get(plan.layerCount(stage) - 1).position().instruction();
    return steps.entrySet().stream()
        .filter(entry -> entry.getValue().instruction().equals(instruction))
        .map(Map.Entry::getKey)
        .findFirst()
        .orElseThrow();
  }

  LatestRecord latest() {
    return new LatestRecord("team/app", CREATED, latest);
  }
}
