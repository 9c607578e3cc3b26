package dev.stagewright.bench.soak;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stagewright.api.v1alpha1.ImageBuild;
import dev.stagewright.bench.soak.ObservedPod.Result;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

class FailedPodLogCheckTest {
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
  void existingPodIsValid() {
    assertThat(violations(false, Set.of())).isEmpty();
  }

  @Test
  void findsDeletedPodWithoutDisruption() {
    assertThat(violations(true, Set.of()))
        .singleElement()
        .extracting(Violation::message)
        .asString()
        .contains("n/b-1-s0");
    assertThat(violations(true, Set.of("pod"))).isEmpty();
  }

  @Test
  void ignoresDeletedBuild() {
    assertThat(new FailedPodLogCheck(List.of(pod(true)), Set.of()).violations(null)).isEmpty();
  }

  private static List<Violation> violations(boolean isDeleted, Set<String> disrupted) {
    return new FailedPodLogCheck(List.of(pod(isDeleted)), disrupted).violations(FAILED);
  }

  private static ObservedPod pod(boolean isDeleted) {
    return new ObservedPod(
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
        Optional.of(Result.PERMANENT_FAILURE));
  }
}
