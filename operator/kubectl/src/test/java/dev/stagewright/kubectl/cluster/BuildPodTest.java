package dev.stagewright.kubectl.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stagewright.kubectl.cluster.BuildPod.State;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.client.utils.Serialization;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BuildPodTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{phase: Pending} | WAITING",
        "{phase: Pending, containerStatuses: [{state: {waiting: {reason: X}}}]} | WAITING",
        "{phase: Running, containerStatuses: [{state: {running: {}}}]} | RUNNING",
        "{phase: Running, containerStatuses: [{state: {terminated: {exitCode: 0}}}]} | TERMINATED",
        "{phase: Succeeded} | TERMINATED",
        "{phase: Failed, reason: Evicted} | TERMINATED",
      })
  void readsContainerState(String status, State state) {
    var pod = Serialization.unmarshal("apiVersion: v1\nkind: Pod\nstatus: " + status, Pod.class);

    assertThat(BuildPod.state(pod)).isEqualTo(state);
  }

  @Test
  void readsTaskAndAttemptFromLabels() {
    var pod =
        Serialization.unmarshal(
            """
            apiVersion: v1
            kind: Pod
            metadata:
              name: hello-1-s0-2
              labels: {stagewright.dev/part: s0, stagewright.dev/attempt: '2'}
            """,
            Pod.class);

    assertThat(BuildPod.of(pod)).isEqualTo(new BuildPod("hello-1-s0-2", "s0", 2, State.WAITING));
  }
}
