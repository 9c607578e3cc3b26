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
  private static final String FULL_MAIN = "dev.stagewright.image.entrypoint.Stagewright";

  /** Creates the caches if this machine supports it, and writes the option files. */
  void write() throws IOException, InterruptedException {
    var stage = OptionFiles.stage(jarNames(Profile.STAGE), STAGE_MAIN);
    var copy = OptionFiles.copy(jarNames(Profile.STAGE), COPY_MAIN);
    var full = OptionFiles.full(jarNames(Profile.FULL), FULL_MAIN);
    train(() -> trainStage(stage));
    train(() -> trainPrepare(full));
    Files.createDirectories(tree.optionFiles());
    write("stage.args", Profile.STAGE, Profile.STAGE.directory(), stage);
    write("copy-runtime.args", Profile.STAGE, Mounts.RUNTIME, copy);
    write("full.args", Profile.FULL, Profile.FULL.directory(), full);
  }

  private void trainStage(List<String> options) throws IOException, InterruptedException {
    new StageTraining(tree).prepare();
    var cache = new AotCache(tree, Profile.STAGE, options);
    cache.run(List.of(StageTraining.FIRST, "--own", Mounts.stage(StageTraining.FIRST)));
    cache.train(List.of(StageTraining.SECOND));
  }

  private void trainPrepare(List<String> options) throws IOException, InterruptedException {
    new PrepareTraining(tree).prepare();
    new AotCache(tree, Profile.FULL, options).train(List.of("prepare"));
  }

  private interface Training {
    void run() throws IOException, InterruptedException;
  }

  private static void train(Training training) throws InterruptedException {
    try {
      training.run();
    } catch (IOException e) {
      System.out.println(
          "image: cannot create the ahead-of-time cache, programs will start more slowly: " + e);
    }
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
