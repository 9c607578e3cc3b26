package dev.stagewright.bench.compare.result;

import static dev.stagewright.bench.compare.result.Samples.result;
import static dev.stagewright.bench.compare.result.Samples.sample;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class WorkloadResultTest {

  @Test
  void medianIsTheMiddleValue() {
    assertThat(Median.of(List.of(5.0, 1.0, 3.0))).contains(3.0);
    assertThat(Median.of(List.of(4.0, 1.0, 3.0, 2.0))).contains(2.5);
    assertThat(Median.of(List.of())).isEmpty();
  }

  @Test
  void mediansAreThoseOfOneBuilder() {
    var result =
        result(
            "copy",
            sample("stagewright", 2, 5, 2),
            sample("buildkit", 9, 9, 0),
            sample("stagewright", 4, 3, 2),
            sample("stagewright", 3, 4, 3));

    assertThat(result.seconds("stagewright")).contains(3.0);
    assertThat(result.cpuSeconds("stagewright")).contains(4.0);
    assertThat(result.pods("stagewright")).contains(2);
    assertThat(result.middle("stagewright")).map(Sample::seconds).contains(3.0);
    assertThat(result.seconds("buildah")).isEmpty();
  }

  @Test
  void processorTimeAndPodsAreThoseOfOneOfSeveralBuilds() {
    var sample =
        new Sample(
            "stagewright",
            1,
            20,
            30,
            Map.of("pods", 80.0, "etcd", 20.0),
            0,
            0,
            41,
            0,
            0,
            List.of(),
            Map.of());

    assertThat(sample.cpuSecondsOfOneBuild()).isEqualTo(5);
    assertThat(sample.podsOfOneBuild()).isEqualTo(3);
  }
}
