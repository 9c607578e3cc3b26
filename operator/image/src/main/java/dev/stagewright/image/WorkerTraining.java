package dev.stagewright.image;

import dev.stagewright.image.entrypoint.Training;
import dev.stagewright.layers.Compression;
import dev.stagewright.layers.LayerBlob;
import dev.stagewright.layers.LayerWriter;
import dev.stagewright.layers.oci.ImageReference;
import dev.stagewright.layers.tar.IndexedTarWriter;
import dev.stagewright.layers.tar.TarEntry;
import dev.stagewright.protocol.BuildPlan;
import dev.stagewright.protocol.BuildRequest;
import dev.stagewright.protocol.Json;
import dev.stagewright.protocol.LogFrame;
import dev.stagewright.protocol.Mounts;
import dev.stagewright.protocol.StagePlan;
import dev.stagewright.protocol.StageResult;
import dev.stagewright.protocol.StepResult;
import dev.stagewright.protocol.Termination;
import dev.stagewright.protocol.Workspace;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A small build to train the phases of the worker. It reads base images from two registries on the
 * loopback interface, one of them with TLS, and pushes to both.
 *
 * @param tree the root of the worker
 * @param jdk the directory of a JDK
 */
record WorkerTraining(RuntimeTree tree, Path jdk) {
  /** For a prepare that keeps the results of stages in the first workspace. */
  static final String OTHER_WORKSPACE = Mounts.WORKSPACE + "-2";

  /** Not the plan of the training of stages. */
  static final String PLAN = Mounts.WORKSPACE + "-plan.json";

  private static final List<String> PREPARE = List.of("prepare", "--workspace", OTHER_WORKSPACE);

  /** Uploads the image and records it in the cache. */
  private static final List<String> PUBLISH = List.of("publish", "--plan", PLAN);

  /** Finds everything in the cache. */
  private static final List<String> PUBLISH_AGAIN =
      List.of("publish", "--plan", PLAN, "--workspace", OTHER_WORKSPACE);

  private static final String EXPORTS = "exports-training";

  /** Creates the cache with this program of the image. */
  void train(AotCache cache) throws IOException, InterruptedException {
    var certificate = TrainingCertificate.create(jdk);
    try (var plain = TrainingRegistry.http();
        var secure = TrainingRegistry.https(certificate.tls())) {
      var build = new TrainingBuild(plain.host(), secure.host(), certificate.pem());
      build.pushBase(plain);
      build.pushBase(secure);
      write(build);
      pretendStages(cache.run(List.of("prepare")));
      cache.train(phases());
      plain.requirePushed(ImageReference.parse(build.images().getFirst()));
      secure.requirePushed(ImageReference.parse(build.images().getLast()));
    }
  }

  private static List<String> phases() {
    return Stream.of(PREPARE, PUBLISH, PUBLISH_AGAIN)
        .reduce((first, second) ->
            Stream.of(first, List.of(Training.SEPARATOR), second).flatMap(List::stream).toList())
        .orElseThrow();
  }

  /**
   * Writes what publish requires from prepare and from the stages that have Pods.
   *
   * @param log the log of prepare
   */
  void pretendStages(String log) throws IOException {
    var plan = plan(log);
    Files.writeString(tree.at(PLAN), Json.write(plan));
    for (var stage : plan.stages()) {
      if (!stage.runsInWorker()) {
        writeResult(plan, stage);
      }
    }
  }

  /** Writes the files that the phases have in their Pods. */
  void write(TrainingBuild build) throws IOException {
    write(build.request());
    var secrets = tree.at(Mounts.REGISTRY_CREDENTIALS);
    for (var name : List.of(Mounts.PULL_SECRET + "0/training", TrainingBuild.SECRET)) {
      var secret = Files.createDirectories(secrets.resolve(name));
      Files.writeString(secret.resolve(".dockerconfigjson"), build.accounts());
    }
    Files.createDirectories(tree.at(Mounts.WORKSPACE));
    Files.createDirectories(tree.at(OTHER_WORKSPACE));
  }

  /** Writes the request. */
  void write(BuildRequest request) throws IOException {
    var file = Files.createDirectories(tree.at(Mounts.REQUEST)).resolve(Mounts.REQUEST_FILE);
    Files.writeString(file, Json.write(request));
  }

  private BuildPlan plan(String log) throws IOException {
    var message = Files.readString(tree.at("/dev/termination-log"));
    if (Json.read(message, Termination.class) instanceof Termination.Prepared(var digest)) {
      var json = LogFrame.find(log, LogFrame.Kind.PLAN, digest);
      if (json.isPresent()) {
        return Json.read(json.get(), BuildPlan.class);
      }
    }
    throw new IOException("the training run did not print a plan:\n" + log);
  }

  private void writeResult(BuildPlan plan, StagePlan stage) throws IOException {
    var own = tree.at(Mounts.WORKSPACE).resolve(Workspace.stage(stage.id()));
    var blobs = Files.createDirectories(own.resolve(Workspace.BLOBS));
    Files.createDirectories(own.resolve(Workspace.STEPS));
    var layers = new ArrayList<StageResult.Layer>();
    for (var i = 0; i < plan.layerCount(stage); i++) {
      var blob = layer(blobs, "step" + i);
      var layer = new StageResult.Layer(i, blob.blob(), blob.diffId());
      Files.writeString(own.resolve(Workspace.step(i)), Json.write(new StepResult(layer, 1)));
      layers.add(layer);
    }
    var result = new StageResult(stage.id(), layers, exports(stage, own));
    Files.writeString(own.resolve(Workspace.RESULT), Json.write(result));
  }

  private static Optional<StageResult.Exports> exports(StagePlan stage, Path own)
      throws IOException {
    if (stage.exports().isEmpty()) {
      return Optional.empty();
    }
    var folder = Files.createDirectories(own.resolve(EXPORTS));
    var tar = folder.resolve(Workspace.TAR);
    try (var files = new IndexedTarWriter(tar, folder.resolve(Workspace.INDEX))) {
      files.put(TarEntry.directory(""));
      for (var path : stage.exports()) {
        files.put(TarEntry.directory(path.substring(1)));
      }
      files.finish();
    }
    return Optional.of(new StageResult.Exports(EXPORTS, Files.size(tar)));
  }

  /** Writes a layer with one file. */
  static LayerBlob layer(Path blobs, String file) throws IOException {
    var content = file.getBytes(StandardCharsets.UTF_8);
    try (var layer = LayerWriter.create(blobs, Compression.GZIP)) {
      layer.tar().put(TarEntry.file(file, content.length), new ByteArrayInputStream(content));
      return layer.finish();
    }
  }
}
