package dev.stagewright.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stagewright.e2e.conformance.compare.Built;
import dev.stagewright.e2e.conformance.compare.ImageComparison;
import dev.stagewright.e2e.conformance.image.ImageReader;
import dev.stagewright.e2e.edits.Project;
import dev.stagewright.e2e.edits.RandomEdits;
import java.time.Instant;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Builds random sequences of edits with the cache and without it: the images must have the same
 * files, layers, config, and history. The system property {@code cache.sequences} sets the number
 * of sequences.
 */
@ExtendWith(StagewrightExtension.class)
@Execution(ExecutionMode.CONCURRENT)
class CacheDifferenceIT {
  private static final int EDITS = 3;

  static LongStream seeds() {
    var first = Long.getLong("cache.first", 1);
    return LongStream.range(first, first + Long.getLong("cache.sequences", 2));
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void cacheDoesNotChangeImages(long seed, TestNamespace namespace) {
    var since = Instant.now().minusSeconds(1);
    try (var images = new ImageReader()) {
      var number = 0;
      for (var project : new RandomEdits(seed).sequence(EDITS)) {
        number++;
        var cached = build(namespace, "cached", spec(project, number));
        var plain = build(namespace, "plain", "cache: {disabled: true}\n" + spec(project, number));

        var version = "seed %d, version %d:%n%s".formatted(seed, number, project);
        assertThat(outcome(cached)).as(version).isEqualTo(outcome(plain));
        if (cached.phase().equals("Succeeded")) {
          assertThat(
                  ImageComparison.compare(
                      new Built(images.read(reference(cached)), since),
                      new Built(images.read(reference(plain)), since),
                      false))
              .as(version)
              .isEmpty();
        }
      }
    }
  }

  private static Build build(TestNamespace namespace, String name, String spec) {
    return namespace.build(name, spec).awaitEnd();
  }

  /** The version is part of the spec, so that a version without an edit is a run too. */
  private static String spec(Project project, int version) {
    return "timeout: %dm\n".formatted(20 + version)
        + "sandbox: "
        + project.sandbox()
        + "\n"
        + project.target().map("target: %s\n"::formatted).orElse("")
        + "buildArgs: {"
        + project.buildArgs().entrySet().stream()
            .map((Map.Entry<String, String> argument) ->
                argument.getKey() + ": " + argument.getValue())
            .collect(Collectors.joining(", "))
        + "}\n"
        + Specs.inline(project.dockerfile(), project.files());
  }

  private static String outcome(Build build) {
    return build.phase() + " " + build.text("failure", "reason");
  }

  private static String reference(Build build) {
    var image = build.namespace().image(build.name());
    return image.substring(0, image.lastIndexOf(':')) + "@" + build.text("image", "digest");
  }
}
