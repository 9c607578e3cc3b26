package dev.stagewright.controller.podstatus;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.stagewright.controller.run.Task;
import dev.stagewright.protocol.Failure;
import dev.stagewright.protocol.FailureReason;
import dev.stagewright.protocol.Termination;
import dev.stagewright.protocol.TerminationMessage;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PodReaderTest {
  private static final KubernetesSerialization YAML = new KubernetesSerialization();
  private static final Instant CREATED = Instant.parse("2026-11-21T10:00:00Z");
  private static final Instant LATER = Instant.parse("2026-11-21T10:00:05Z");

  @Test
  void readsTaskAttemptAndNode() {
    var facts = read("", "status: {phase: Pending}\n");

    assertThat(facts.name()).isEqualTo("hello-1-s0-2");
    assertThat(facts.task()).isEqualTo(new Task.Stage("s0"));
    assertThat(facts.attempt()).isEqualTo(2);
    assertThat(facts.node()).contains("node-1");
    assertThat(facts.isStopping()).isFalse();
  }

  @Test
  void podWithoutConditionsIsPending() {
    assertThat(read("", "status: {phase: Pending}\n").state())
        .isEqualTo(new PodState.Pending(true, CREATED, Optional.empty()));
  }

  @Test
  void readsUnschedulableCondition() {
    var state =
        read(
                "",
                """
                status:
                  phase: Pending
                  conditions:
                  - {type: PodScheduled, status: "False", reason: Unschedulable, message: no room}
                """)
            .state();

    assertThat(state)
        .isEqualTo(
            new PodState.Pending(
                true,
                CREATED,
                Optional.of(new WaitingCause(WaitingReason.of("Unschedulable"), "no room"))));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "ErrImagePull",
        "ImagePullBackOff",
        "CreateContainerConfigError",
        "InvalidImageName"
      })
  void readsWaitingReasonOfContainer(String reason) {
    var state = container("waiting: {reason: " + reason + ", message: sorry}");

    assertThat(state)
        .isEqualTo(
            new PodState.Pending(
                true, LATER, Optional.of(new WaitingCause(WaitingReason.of(reason), "sorry"))));
  }

  @ParameterizedTest
  @ValueSource(strings = {"ContainerCreating", "PodInitializing"})
  void startingContainerHasNoCause(String reason) {
    assertThat(container("waiting: {reason: " + reason + "}"))
        .isEqualTo(new PodState.Pending(true, LATER, Optional.empty()));
  }

  @Test
  void readsStartOfRunningContainer() {
    assertThat(container("running: {startedAt: \"2026-11-21T10:00:05Z\"}"))
        .isEqualTo(new PodState.Running(LATER));
  }

  @Test
  void readsCrashedContainer() {
    assertThat(
            container(
                "terminated: {exitCode: 30, reason: Error, message: words, startedAt:"
                    + " \"2026-11-21T10:00:00Z\", finishedAt: \"2026-11-21T10:00:05Z\"}"))
        .isEqualTo(
            new PodState.Ended(
                new PodTermination.Crashed(30, "Error"),
                Optional.of(new PodState.RunPeriod(CREATED, LATER))));
  }

  @ParameterizedTest
  @ValueSource(strings = {"Evicted", "NodeShutdown", "Preempting", "UnexpectedAdmissionError"})
  void podStoppedFromOutsideIsLost(String reason) {
    assertThat(
            read("", "status: {phase: Failed, reason: %s, message: m}\n".formatted(reason)).state())
        .isEqualTo(new PodState.Ended(new PodTermination.Lost(reason, "m")));
  }

  /** The reason of the kubelet, and of containerd after a restart of the node. */
  @ParameterizedTest
  @CsvSource({"137, ContainerStatusUnknown", "255, Unknown"})
  void containerOfUnknownStatusIsLost(int exitCode, String reason) {
    assertThat(
            container(
                "terminated: {exitCode: %d, reason: %s, message: m}".formatted(exitCode, reason)))
        .isEqualTo(new PodState.Ended(new PodTermination.Lost(reason, "m")));
  }

  @Test
  void createdContainerHasNotStarted() {
    assertThat(container("waiting: {}")).isEqualTo(new PodState.Created(LATER));
  }

  @Test
  void containerKilledByDeletionIsLost() {
    var deleted = "deletionTimestamp: \"2026-11-21T10:00:09Z\"";

    assertThat(termination(deleted, status("terminated: {exitCode: 143, reason: Error}")))
        .isInstanceOf(PodTermination.Lost.class);
    assertThat(termination(deleted, status("terminated: {exitCode: 137, reason: OOMKilled}")))
        .isInstanceOf(PodTermination.OutOfMemory.class);
    assertThat(termination(deleted, status("terminated: {exitCode: 0, reason: Completed}")))
        .isInstanceOf(PodTermination.Completed.class);
  }

  @Test
  void readsEvictionReason() {
    var state =
        read(
                "deletionTimestamp: \"2026-11-21T10:00:09Z\"",
                """
                status:
                  phase: Failed
                  conditions:
                  - {type: DisruptionTarget, status: "True", reason: EvictionByEvictionAPI, message: m}
                  containerStatuses:
                  - {name: main, state: {terminated: {exitCode: 137, reason: Error}}}
                """)
            .state();

    assertThat(state)
        .isEqualTo(new PodState.Ended(new PodTermination.Lost("EvictionByEvictionAPI", "m")));
  }

  @Test
  void failedPodWithoutContainersIsLost() {
    assertThat(termination("", "status: {phase: Failed}\n"))
        .isInstanceOf(PodTermination.Lost.class);
  }

  @Test
  void readsExceededDeadline() {
    assertThat(read("", "status: {phase: Failed, reason: DeadlineExceeded}\n").state())
        .isEqualTo(new PodState.Ended(new PodTermination.DeadlineExceeded()));
  }

  @Test
  void failedInitContainerEndsPod() {
    assertThat(
            termination(
                "",
                """
                status:
                  phase: Failed
                  initContainerStatuses:
                  - {name: runtime, state: {terminated: {exitCode: 3, reason: Error}}}
                  containerStatuses:
                  - {name: main, state: {waiting: {reason: PodInitializing}}}
                """))
        .isEqualTo(new PodTermination.Crashed(3, "Error"));
  }

  @ParameterizedTest
  @CsvSource({
    "'Pod ephemeral local storage usage exceeds the total limit of containers 2Gi. ', POD, '', 2Gi",
    "'Container main exceeded its local ephemeral storage limit \"2Gi\". ', CONTAINER, main, 2Gi",
    "'Usage of EmptyDir volume \"tmp\" exceeds the limit \"10Mi\". ', VOLUME, tmp, 10Mi"
  })
  void readsExceededStorageLimit(
      String message, PodTermination.Consumer consumer, String name, String limit) {
    var status = "status: {phase: Failed, reason: Evicted, message: '%s'}\n".formatted(message);

    assertThat(termination("", status))
        .isEqualTo(new PodTermination.StorageLimitExceeded(consumer, name, limit));
  }

  @Test
  void readsReportedFailure() {
    var reported = new Termination.Failed(Failure.of(FailureReason.WorkspaceFull, "no space left"));
    var message = new String(TerminationMessage.write(reported), UTF_8);

    assertThat(
            termination("", status("terminated: {exitCode: 30, message: '%s'}".formatted(message))))
        .isEqualTo(new PodTermination.Failed(reported));
  }

  private static PodTermination termination(String metadata, String status) {
    return read(metadata, status).termination().orElseThrow();
  }

  private static PodState container(String state) {
    return read("", status(state)).state();
  }

  private static String status(String state) {
    return """
    status:
      phase: Pending
      conditions:
      - {type: PodScheduled, status: "True", lastTransitionTime: "2026-11-21T10:00:05Z"}
      containerStatuses:
      - name: main
        state: {%s}
    """
        .formatted(state);
  }

  private static PodFacts read(String metadata, String status) {
    var pod =
        """
        apiVersion: v1
        kind: Pod
        metadata:
          name: hello-1-s0-2
          namespace: team
          uid: u
          creationTimestamp: "2026-11-21T10:00:00Z"
          labels: {stagewright.dev/part: s0, stagewright.dev/attempt: "2"}
          %s
        spec: {nodeName: node-1}
        %s
        """
            .formatted(metadata, status);
    return PodReader.read(YAML.unmarshal(pod, Pod.class)).getFirst();
  }
}
