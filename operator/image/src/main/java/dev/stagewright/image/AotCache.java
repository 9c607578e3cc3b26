package dev.stagewright.image;

import dev.stagewright.protocol.RuntimeCommand;
import java.io.IOException;
import java.nio.file.Files;
import java.util.List;
import java.util.stream.Stream;

/**
 * Creates the ahead-of-time cache of a profile by a training run with the same runtime and class
 * path.
 *
 * @param tree the complete tree without the cache
 * @param profile the profile to train
 * @param options the options of the profile without the cache, the main class last
 */
record AotCache(RuntimeTree tree, Profile profile, List<String> options) {
  /**
   * Keeps method profiles out of the cache: otherwise the optimizing compiler starts immediately
   * with everything that was hot in training, and takes CPU time from the actual work.
   */
  private static final String WITHOUT_PROFILES = "-XX:TieredStopAtLevel=1";

  /**
   * Creates the cache.
   *
   * @param arguments the arguments of the training run
   */
  void train(List<String> arguments) throws IOException, InterruptedException {
    var recorded = profile.cache() + ".recorded";
    // The one-step mode of the JDK starts a second JVM, which fails because the program loader is
    // missing.
    try {
      java("record", List.of("-XX:AOTConfiguration=" + recorded, WITHOUT_PROFILES), arguments);
      java(
          "create",
          List.of("-XX:AOTConfiguration=" + recorded, OptionFiles.useCache(profile.cache())),
          List.of());
    } finally {
      // A failed training may have recorded something, and the image contains the whole directory.
      Files.deleteIfExists(tree.at(recorded));
    }
  }

  /** Runs the program without training. */
  void run(List<String> arguments) throws IOException, InterruptedException {
    java("off", List.of(), arguments);
  }

  private void java(String mode, List<String> additional, List<String> arguments)
      throws IOException, InterruptedException {
    var launcher = RuntimeCommand.java(profile.directory(), profile.runtime());
    var command =
        Stream.of(launcher, List.of("-XX:AOTMode=" + mode), additional, options, arguments)
            .flatMap(List::stream)
            .toList();
    new Chroot(tree).run(command);
  }
}
