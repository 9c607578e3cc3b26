package dev.stagewright.controller.run;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RunNamesTest {
  private static final String DNS_LABEL = "[a-z0-9]([-a-z0-9]*[a-z0-9])?";

  @Test
  void namesConsistOfBuildAndGeneration() {
    var names = new RunNames("hello", 7);

    assertThat(names.request()).isEqualTo("hello-7-request");
    assertThat(names.plan()).isEqualTo("hello-7-plan");
    assertThat(names.workspace()).isEqualTo("hello-7-workspace");
    assertThat(names.pod("worker", 1)).isEqualTo("hello-7-worker");
    assertThat(names.pod("s1", 1)).isEqualTo("hello-7-s1");
    assertThat(names.pod("s1", 3)).isEqualTo("hello-7-s1-3");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "a",
        "with.dots.in.it",
        "a-name-that-is-so-long-that-it-leaves-no-room-for-anything-behind-it",
        "a-name-of-forty-nine-characters-is-just-short-yes"
      })
  void everyNameIsADnsLabel(String build) {
    var names = new RunNames(build, 1234);

    assertThat(names.pod("s10", 2))
        .matches(DNS_LABEL)
        .hasSizeLessThanOrEqualTo(63)
        .endsWith("-1234-s10-2");
    assertThat(names.workspace()).matches(DNS_LABEL).hasSizeLessThanOrEqualTo(63);
  }

  @Test
  void longNamesWithTheSamePrefixDiffer() {
    var start = "x".repeat(80);
    assertThat(new RunNames(start + "a", 1).plan())
        .isNotEqualTo(new RunNames(start + "b", 1).plan());
  }

  @Test
  void namesWithDotAndDashDiffer() {
    assertThat(new RunNames("a.b", 1).plan()).isNotEqualTo(new RunNames("a-b", 1).plan());
  }
}
