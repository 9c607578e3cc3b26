package dev.stagewright.bench.soak;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stagewright.api.v1alpha1.ImageBuild;
import dev.stagewright.bench.soak.SeenPod.End;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

class FailedPodsTest {
  private static final ImageBuild FAILED =
      new KubernetesSerialization()
          .unmarshal(
              """
              apiVersion: stagewright.dev/v1alpha1
              kind: ImageBuild
              metadata: {name: b, namespace: n, uid: b}
              status: {observedGeneration: 1, failure: {reason: RunFailed, pod: b-1-s0}}
              """,
              ImageBuild.class);

  @Test
  void stayForTheirLogs() {
    assertThat(violations(false, Set.of())).isEmpty();
  }

  @Test
  void areMissedWhereNobodyHasHarmedThem() {
    assertThat(violations(true, Set.of()))
        .singleElement()
        .extracting(Violation::what)
        .asString()
        .contains("n/b-1-s0");
    assertThat(violations(true, Set.of("pod"))).isEmpty();
  }

  @Test
  void areNoMatterOfABuildThatIsGone() {
    assertThat(new FailedPods(List.of(pod(true)), Set.of()).violations(null)).isEmpty();
  }

  private static List<Violation> violations(boolean isDeleted, Set<String> harmed) {
    return new FailedPods(List.of(pod(isDeleted)), harmed).violations(FAILED);
  }

  private static SeenPod pod(boolean isDeleted) {
    return new SeenPod(
        "pod",
        "n",
        "b-1-s0",
        "b/1",
        "s0",
        1,
        Instant.EPOCH,
        Optional.empty(),
        false,
        isDeleted,
        isDeleted,
        Optional.of(End.FOR_GOOD));
  }
}
