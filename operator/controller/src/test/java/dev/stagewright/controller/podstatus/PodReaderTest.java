package dev.stagewright.controller.observe;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stagewright.controller.run.Task;
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
  void readsPartAttemptAndNode() {
    var facts = read("", "status: {phase: Pending}\n");

    assertThat(facts.name()).isEqualTo("hello-1-s0-2");
    assertThat(facts.task()).isEqualTo(new Task.Stage("s0"));
    assertThat(facts.attempt()).isEqualTo(2);
    assertThat(facts.node()).contains("node-1");
    assertThat(facts.stopping()).isFalse();
  }

  @Test
  void aPodWithoutConditionsWaitsForItsNode() {
    assertThat(read("", "status: {phase: Pending}\n").state())
        .isEqualTo(new PodState.Waiting(true, CREATED, Optional.empty()));
  }

  @Test
  void anUnschedulablePodSaysWhy() {
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
            new PodState.Waiting(
                true,
                CREATED,
                Optional.of(new PodState.WaitingReason("Unschedulable", "no room"))));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "ErrImagePull",
        "ImagePullBackOff",
        "CreateContainerConfigError",
        "InvalidImageName"
      })
  void aContainerThatCannotStartSaysWhy(String reason) {
    var state = container("waiting: {reason: " + reason + ", message: sorry}");

    assertThat(state)
        .isEqualTo(
            new PodState.Waiting(
                true, LATER, Optional.of(new PodState.WaitingReason(reason, "sorry"))));
  }

  @ParameterizedTest
  @ValueSource(strings = {"ContainerCreating", "PodInitializing"})
  void aContainerThatIsOnItsWayHasNoHitch(String reason) {
    assertThat(container("waiting: {reason: " + reason + "}"))
        .isEqualTo(new PodState.Waiting(true, LATER, Optional.empty()));
  }

  @Test
  void aRunningContainerHasItsStart() {
    assertThat(container("running: {startedAt: \"2026-11-21T10:00:05Z\"}"))
        .isEqualTo(new PodState.Running(LATER));
  }

  @Test
  void anEndedContainerHasCodeReasonAndLastWords() {
    assertThat(
            container(
                "terminated: {exitCode: 30, reason: Error, message: words, startedAt:"
                    + " \"2026-11-21T10:00:00Z\", finishedAt: \"2026-11-21T10:00:05Z\"}"))
        .isEqualTo(new PodState.Ended(30, "Error", "words", CREATED, LATER));
  }

  @ParameterizedTest
  @ValueSource(strings = {"Evicted", "NodeShutdown", "Preempting", "UnexpectedAdmissionError"})
  void aPodThatWasTakenAwayIsLost(String reason) {
    assertThat(
            read("", "status: {phase: Failed, reason: %s, message: m}\n".formatted(reason)).state())
        .isEqualTo(new PodState.Lost(reason, "m"));
  }

  /** The kubelet's word for it, and containerd's after its node was restarted. */
  @ParameterizedTest
  @CsvSource({"137, ContainerStatusUnknown", "255, Unknown"})
  void aContainerOfUnknownStatusIsLost(int exitCode, String reason) {
    assertThat(
            container(
                "terminated: {exitCode: %d, reason: %s, message: m}".formatted(exitCode, reason)))
        .isEqualTo(new PodState.Lost(reason, "m"));
  }

  @Test
  void aContainerThatIsMadeIsYetToStart() {
    assertThat(container("waiting: {}")).isEqualTo(new PodState.Created(LATER));
  }

  @Test
  void aContainerThatWasKilledByADeletionIsLostButOneThatRanOutOfMemoryIsNot() {
    var deleted = "deletionTimestamp: \"2026-11-21T10:00:09Z\"";

    assertThat(read(deleted, status("terminated: {exitCode: 143, reason: Error}")).state())
        .isInstanceOf(PodState.Lost.class);
    assertThat(read(deleted, status("terminated: {exitCode: 137, reason: OOMKilled}")).state())
        .isInstanceOf(PodState.Ended.class);
    assertThat(read(deleted, status("terminated: {exitCode: 0, reason: Completed}")).state())
        .isInstanceOf(PodState.Ended.class);
  }

  @Test
  void aPodThatIsEvictedByTheApiSaysSo() {
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

    assertThat(state).isEqualTo(new PodState.Lost("EvictionByEvictionAPI", "m"));
  }

  @Test
  void aFailedPodWhoseContainersNeverStartedIsLost() {
    assertThat(read("", "status: {phase: Failed}\n").state()).isInstanceOf(PodState.Lost.class);
  }

  @Test
  void aDeadlineIsNoLoss() {
    assertThat(read("", "status: {phase: Failed, reason: DeadlineExceeded}\n").state())
        .isEqualTo(new PodState.DeadlineExceeded());
  }

  @Test
  void anInitContainerThatFailsEndsThePod() {
    var state =
        read(
                "",
                """
                status:
                  phase: Failed
                  initContainerStatuses:
                  - {name: runtime, state: {terminated: {exitCode: 3, reason: Error}}}
                  containerStatuses:
                  - {name: main, state: {waiting: {reason: PodInitializing}}}
                """)
            .state();

    assertThat(state).isInstanceOf(PodState.Ended.class);
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
    return PodReader.read(YAML.unmarshal(pod, Pod.class));
  }
}
