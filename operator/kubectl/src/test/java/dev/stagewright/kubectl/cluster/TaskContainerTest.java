package dev.stagewright.kubectl.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stagewright.kubectl.cluster.TaskContainer.State;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.client.utils.Serialization;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TaskContainerTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{phase: Pending} | WAITING",
        "{phase: Pending, containerStatuses: [{name: main, state: {waiting: {reason: X}}}]} | WAITING",
        "{phase: Running, containerStatuses: [{name: main, state: {running: {}}}]} | RUNNING",
        "{phase: Running, containerStatuses: [{name: main, state: {terminated: {exitCode: 0}}}]} | TERMINATED",
        "{phase: Succeeded} | TERMINATED",
        "{phase: Failed, reason: Evicted} | TERMINATED",
      })
  void readsContainerState(String status, State state) {
    var pod = Serialization.unmarshal("apiVersion: v1\nkind: Pod\nstatus: " + status, Pod.class);

    assertThat(TaskContainer.state(pod, "main")).isEqualTo(state);
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

    assertThat(TaskContainer.of(pod))
        .containsExactly(
            new TaskContainer(new ContainerName("hello-1-s0-2", "main"), "s0", 2, State.WAITING));
  }

  @Test
  void theWorkerPodHasOneContainerForEachTask() {
    var pod =
        Serialization.unmarshal(
            """
            apiVersion: v1
            kind: Pod
            metadata:
              name: hello-1-worker
              labels: {stagewright.dev/part: worker}
            spec:
              containers: [{name: istio-proxy}, {name: prepare}, {name: publish}]
            status:
              phase: Running
              containerStatuses:
              - {name: prepare, state: {terminated: {exitCode: 0}}}
              - {name: publish, state: {running: {}}}
            """,
            Pod.class);

    assertThat(TaskContainer.of(pod))
        .containsExactly(
            new TaskContainer(
                new ContainerName("hello-1-worker", "prepare"), "prepare", 1, State.TERMINATED),
            new TaskContainer(
                new ContainerName("hello-1-worker", "publish"), "publish", 1, State.RUNNING));
  }
}
