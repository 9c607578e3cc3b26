package dev.stagewright.image;

import dev.stagewright.protocol.Mounts;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * The entry points of the image: main classes, their options, and the caches that speed up their
 * start.
 *
 * @param tree the tree with runtimes and jars
 * @param inputs the inputs of the image
 */
record Entrypoints(RuntimeTree tree, ImageInputs inputs) {
  private static final String STAGE_MAIN = "dev.stagewright.stage.StageMain";
  private static final String COPY_MAIN = "dev.stagewright.image.entrypoint.CopyRuntime";
  private static final String WORKER_MAIN = "dev.stagewright.worker.WorkerMain";
  private static final String FULL_MAIN = "dev.stagewright.image.entrypoint.Stagewright";

  /**
   * Creates the caches, which requires root, and writes the option files.
   *
   * @throws IOException if a training run fails
   */
  void write() throws IOException, InterruptedException {
    var stage = OptionFiles.stage(jarNames(Profile.STAGE), STAGE_MAIN);
    var copy = OptionFiles.copy(jarNames(Profile.STAGE), COPY_MAIN);
    var worker = OptionFiles.worker(jarNames(Profile.FULL), WORKER_MAIN);
    var full = OptionFiles.full(jarNames(Profile.FULL), FULL_MAIN);
    if (isRoot()) {
      trainStage(stage);
      trainWorker(worker);
    } else {
      System.out.println(
          "image: no ahead-of-time caches, since only root can create them; programs will start"
              + " more slowly");
    }
    Files.createDirectories(tree.optionFiles());
    write("stage.args", Profile.STAGE, Profile.STAGE.directory(), stage);
    write("copy-runtime.args", Profile.STAGE, Mounts.RUNTIME, copy);
    write("worker.args", Profile.FULL, Profile.FULL.directory(), worker);
    write("full.args", Profile.FULL, Profile.FULL.directory(), full);
  }

  /** Other users can neither give files to somebody nor start processes as somebody. */
  private static boolean isRoot() {
    return "root".equals(System.getProperty("user.name"));
  }

  private void trainStage(List<String> options) throws IOException, InterruptedException {
    new StageTraining(tree).prepare();
    var cache = new AotCache(tree, Profile.STAGE, options);
    cache.run(List.of(StageTraining.FIRST, "--own", Mounts.stage(StageTraining.FIRST)));
    cache.train(List.of("stage", StageTraining.SECOND));
  }

  private void trainWorker(List<String> options) throws IOException, InterruptedException {
    new WorkerTraining(tree, inputs.jdk()).train(new AotCache(tree, Profile.FULL, options));
  }

  private List<String> jarNames(Profile profile) throws IOException {
    return inputs.jars(profile).stream().map(Path::getFileName).map(Path::toString).toList();
  }

  private void write(String name, Profile profile, String directory, List<String> options)
      throws IOException {
    var lines = new ArrayList<String>();
    if (Files.exists(tree.at(profile.cache()))) {
      lines.add(OptionFiles.useCache(profile.cache(directory)));
    }
    lines.addAll(options);
    Files.writeString(tree.optionFiles().resolve(name), String.join("\n", lines) + "\n");
  }
}
