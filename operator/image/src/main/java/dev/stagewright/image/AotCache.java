package dev.stagewright.image;

import dev.stagewright.image.entrypoint.Training;
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
   * @param arguments the command lines of {@link Training}
   */
  void train(List<String> arguments) throws IOException, InterruptedException {
    var recorded = profile.cache() + ".recorded";
    // The one-step mode of the JDK starts a second JVM, which fails because the program loader is
    // missing.
    try {
      java(
          "record",
          List.of("-XX:AOTConfiguration=" + recorded, WITHOUT_PROFILES),
          training(),
          arguments);
      java(
          "create",
          List.of("-XX:AOTConfiguration=" + recorded, OptionFiles.useCache(profile.cache())),
          training(),
          List.of());
    } finally {
      // A failed training may have recorded something, and the image contains the whole directory.
      Files.deleteIfExists(tree.at(recorded));
    }
  }

  /** The options with the main class of training. */
  private List<String> training() {
    return Stream.concat(
            options.subList(0, options.size() - 1).stream(), Stream.of(Training.class.getName()))
        .toList();
  }

  /** Runs the program without training; returns its output. */
  String run(List<String> arguments) throws IOException, InterruptedException {
    return java("off", List.of(), options, arguments);
  }

  private String java(
      String mode, List<String> additional, List<String> program, List<String> arguments)
      throws IOException, InterruptedException {
    var launcher = RuntimeCommand.java(profile.directory(), profile.runtime());
    var command =
        Stream.of(launcher, List.of("-XX:AOTMode=" + mode), additional, program, arguments)
            .flatMap(List::stream)
            .toList();
    return new Chroot(tree).run(command);
  }
}
