package dev.stagewright.image;

import dev.stagewright.protocol.RuntimeCommand;
import java.io.IOException;
import java.nio.file.Files;
import java.util.List;
import java.util.stream.Stream;

/**
 * Makes a profile's ahead-of-time cache by a training run on the very runtime and class path that
 * it is for.
 *
 * @param tree complete but for the cache
 * @param profile what is trained
 * @param options its options but that for the cache, the main class last
 */
record AotCache(RuntimeTree tree, Profile profile, List<String> options) {
  /**
   * Keeps profiles of methods out of the cache: with them the optimizing compiler starts on all
   * that was hot in training at once, and takes the processor from what is to be done.
   */
  private static final String WITHOUT_PROFILES = "-XX:TieredStopAtLevel=1";

  /**
   * Trains.
   *
   * @param arguments of the training run
   */
  void train(List<String> arguments) throws IOException, InterruptedException {
    var recorded = profile.cache() + ".recorded";
    // The JDK's one-step way starts a second JVM by itself, which our loader's absence forbids.
    try {
      java("record", List.of("-XX:AOTConfiguration=" + recorded, WITHOUT_PROFILES), arguments);
      java(
          "create",
          List.of("-XX:AOTConfiguration=" + recorded, OptionFiles.useCache(profile.cache())),
          List.of());
    } finally {
      // A training that fails may have recorded something, and the image takes the whole folder.
      Files.deleteIfExists(tree.at(recorded));
    }
  }

  /** Runs without training. */
  void run(List<String> arguments) throws IOException, InterruptedException {
    java("off", List.of(), arguments);
  }

  private void java(String mode, List<String> more, List<String> arguments)
      throws IOException, InterruptedException {
    var launcher = RuntimeCommand.java(profile.folder(), profile.runtime());
    var command =
        Stream.of(launcher, List.of("-XX:AOTMode=" + mode), more, options, arguments)
            .flatMap(List::stream)
            .toList();
    new Chroot(tree).run(command);
  }
}
