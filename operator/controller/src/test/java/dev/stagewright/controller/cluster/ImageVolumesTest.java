package dev.stagewright.controller.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ImageVolumesTest {
  @ParameterizedTest(name = "Kubernetes {0}, {1}: {2}")
  @CsvSource({
    "1.36, containerd://2.4.2+unknown, true",
    "1.35+, containerd://2.1.0-rc.1, true",
    "1.35, cri-o://1.33.1, true",
    "1.34, containerd://2.2.0, false",
    "1.36, containerd://2.0.9, false",
    "1.36, containerd://1.7.28, false",
    "1.36, cri-o://1.32.0, false",
    "1.36, docker://27.1.0, false",
    "1.36, nonsense, false",
    "2.0, containerd://3.0.0, true",
    "1.36, containerd://2.2.0 containerd://1.7.0, false",
    "1.36, containerd://2.2.0 cri-o://1.34.0, true",
  })
  void requireApiAndRuntimeOfEveryNode(String kubernetes, String runtimes, boolean work) {
    assertThat(ImageVolumes.areSupported(versions(kubernetes, runtimes.split(" ", -1))))
        .isEqualTo(work);
  }

  @ParameterizedTest
  @CsvSource({"1.36"})
  void areNotAssumedWithoutReadyNodes(String kubernetes) {
    assertThat(ImageVolumes.areSupported(versions(kubernetes))).isFalse();
  }

  private static ClusterVersions versions(String kubernetes, String... runtimes) {
    return new ClusterVersions(
        kubernetes,
        Arrays.stream(runtimes).map(it -> new ClusterVersions.Node(it, "6.18.0")).toList());
  }
}
