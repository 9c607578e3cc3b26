package dev.stagewright.controller.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class UserNamespacesTest {
  @ParameterizedTest(name = "Kubernetes {0}, {1}, Linux {2}: {3}")
  @CsvSource({
    "1.36, containerd://2.4.2, 6.18.44-fc, ''",
    "1.33+, cri-o://1.25.0, 6.3.0, ''",
    "1.32, containerd://2.4.2, 6.18.0, Kubernetes 1.32 is older than 1.33",
    "1.36, containerd://1.7.28, 6.18.0, containerd://1.7.28",
    "1.36, docker://27.1.0, 6.18.0, docker://27.1.0",
    "1.36, containerd://2.4.2, 5.15.0-91-generic, Linux 5.15.0-91-generic",
  })
  void requireApiRuntimeAndKernel(
      String kubernetes, String runtime, String kernel, String problem) {
    var versions =
        new ClusterVersions(kubernetes, List.of(new ClusterVersions.Node(runtime, kernel)));

    assertThat(UserNamespaces.problem(versions).orElse("")).contains(problem);
    assertThat(UserNamespaces.problem(versions).isEmpty()).isEqualTo(problem.isEmpty());
  }

  @Test
  void requireSupportOnEveryNode() {
    var versions =
        new ClusterVersions(
            "1.36",
            List.of(
                new ClusterVersions.Node("containerd://2.4.2", "6.18.0"),
                new ClusterVersions.Node("containerd://1.7.0", "6.18.0")));

    assertThat(UserNamespaces.problem(versions).orElse("")).contains("1.7.0");
  }

  @Test
  void areNotAssumedWithoutVersions() {
    assertThat(UserNamespaces.problem(ClusterVersions.UNKNOWN)).isPresent();
  }
}
