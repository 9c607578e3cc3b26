package dev.stagewright.bench.soak;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class SoakSpecTest {
  private static final String OPTIONS = "retries: 8\n";

  @Test
  void anotherVersionChangesOneFileOfAProject() {
    var one = new SoakSpec(0, 0, OPTIONS).yaml("r/app:1", "r/cache", false);
    var other = new SoakSpec(0, 4, OPTIONS).yaml("r/app:1", "r/cache", false);

    assertThat(one)
        .contains("cache: {repository: 'r/cache'}")
        .contains("files: {project.txt: project-0, input.txt: project-0-version-0}");
    assertThat(one.replace("version-0", "version-4")).isEqualTo(other);
  }

  @Test
  void manyBuildsRepeatEarlierOnes() {
    var random = new SplittableRandom(1);
    var specs = Stream.generate(() -> SoakSpec.random(random, 10)).limit(200).toList();

    assertThat(specs.stream().map(SoakSpec::input).distinct()).hasSizeBetween(60, 100);
    assertThat(specs).anyMatch(SoakSpec::expectsFailure).anyMatch(spec -> !spec.expectsFailure());
  }
}
