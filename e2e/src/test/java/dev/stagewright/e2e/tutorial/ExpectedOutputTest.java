package dev.stagewright.e2e.tutorial;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ExpectedOutputTest {
  private static final ExpectedOutput REPORT =
      new ExpectedOutput(
          """
          hello:1  linux/amd64
          digest   sha256:0123456789ab…
          size     133 MB in 5 layers
          …
          slim     42 MB  #######
          built in 1m12s
          """);

  @Test
  void digestsTimesBarsAndSpacesMayDiffer() {
    assertThat(
            REPORT.difference(
                """
                hello:1  linux/amd64
                digest   sha256:ffffffffffffffff…
                size     140 MB in 5 layers
                a line
                another line
                slim      44 MB  ########
                built in 9.5s
                """))
        .isEmpty();
  }

  @Test
  void sizesMayDifferByAFactorOfTwo() {
    var size = new ExpectedOutput("size  80 kB in 1 layer");

    assertThat(size.difference("size  100 kB in 1 layer")).isEmpty();
    assertThat(size.difference("size  1.2 MB in 1 layer"))
        .hasValueSatisfying(text -> assertThat(text).contains("1.2 MB", "80 kB"));
  }

  @Test
  void otherTextMayNotDiffer() {
    assertThat(new ExpectedOutput("starts   yes").difference("starts   no")).isPresent();
    assertThat(new ExpectedOutput("one\ntwo").difference("one\ntwo\nthree")).isPresent();
  }
}
