package dev.stagewright.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** Builds that wait in the queue of the operator or for scheduling gates. */
@ExtendWith(StagewrightExtension.class)
@TestInstance(Lifecycle.PER_CLASS)
@Execution(ExecutionMode.CONCURRENT)
class QueueIT {
  private static final Duration TIMEOUT = Duration.ofMinutes(2);
  private static final String QUEUE_LABEL = "kueue.x-k8s.io/queue-name";
  private static final String GATE = "kueue.x-k8s.io/admission";
  private static final String ENDLESS = Specs.inline("FROM busybox\nRUN sleep 3600\n", Map.of());
  private static final String SHORT =
      Specs.inline("FROM busybox\nRUN echo made > /made\nCMD [\"cat\", \"/made\"]\n", Map.of());

  private Installation oneAtATime;

  @BeforeAll
  void start(Environment environment) {
    oneAtATime = environment.operatorWith("maxConcurrentBuilds: 1\n");
  }

  @AfterAll
  void stop() {
    oneAtATime.close();
  }

  @Test
  void sharesSlotsFairlyBetweenNamespaces(Environment environment, TestNamespace busy) {
    try (var other = TestNamespace.create(environment)) {
      var first =
          busy.build(
              oneAtATime, "first", Specs.inline("FROM busybox\n" + Specs.UNTIL_LOST, Map.of()));
      first.await(it -> it.hasStage("0", "Running"));
      var patient = busy.build(oneAtATime, "patient", ENDLESS);
      patient.await(it -> position(it).equals("1"));
      var urgent = busy.build(oneAtATime, "urgent", "priority: 10\n" + SHORT);
      urgent.await(it -> position(it).equals("1"));
      var fair = other.build(oneAtATime, "fair", ENDLESS);
      fair.await(it -> position(it).equals("1"));
      urgent.await(it -> position(it).equals("2"));
      patient.await(it -> position(it).equals("3"));
      assertThat(patient.phase()).isEqualTo("Queued");
      assertThat(patient.text("queue", "message"))
          .isEqualTo("all slots are taken (maxConcurrentBuilds: 1)");
      assertThat(busy.podsOf(patient, "worker")).isEmpty();

      busy.delete(busy.podsOf(first, "s0"));
      first.awaitSuccess();
      fair.await(it -> it.hasStage("0", "Running"));
      assertThat(List.of(urgent.phase(), patient.phase())).containsOnly("Queued");

      fair.delete();
      urgent.awaitSuccess();
      patient.await(it -> it.hasStage("0", "Running"));
    }
  }

  /** Kueue only adds a scheduling gate to a Pod and removes it. */
  @Test
  void waitsForPodsHeldByKueue(TestNamespace namespace) {
    var isQueued = "has(object.metadata.labels) && '" + QUEUE_LABEL + "' in object.metadata.labels";
    var gated =
        "[JSONPatch{op: 'add', path: '/spec/schedulingGates', value: [{'name': '" + GATE + "'}]}]";
    try (var _ = AdmissionPolicy.create(namespace, "CREATE", "pods", isQueued, gated)) {
      Awaitility.await().atMost(TIMEOUT).until(() -> isHeld(namespace.dryRunCreate(probe())));
      var build = namespace.buildWithLabel(QUEUE_LABEL, "team", "held", SHORT);

      build.await(
          it -> it.phase().equals("Queued") && it.reason("Ready").equals("SchedulingGated"));
      assertThat(build.get("startTime")).isEmpty();
      admitAll(namespace);
      build.await(it ->
          it.stages().stream().anyMatch(stage -> stage.text("reason").equals("SchedulingGated")));
      assertThat(build.stage("0").text("phase")).isEqualTo("Pending");
      Awaitility.await()
          .atMost(TIMEOUT)
          .until(() -> {
            admitAll(namespace);
            return build.phase().equals("Succeeded");
          });

      assertThat(build.get("attempts")).contains(Map.of("worker", 1, "s0", 1));
      assertThat(namespace.pods())
          .extracting(pod -> pod.getMetadata().getLabels().get(QUEUE_LABEL))
          .containsOnly("team");
    }
  }

  private static Pod probe() {
    return new PodBuilder()
        .withNewMetadata()
        .withName("probe")
        .addToLabels(QUEUE_LABEL, "team")
        .endMetadata()
        .withNewSpec()
        .addNewContainer()
        .withName("main")
        .withImage("busybox")
        .endContainer()
        .endSpec()
        .build();
  }

  private static void admitAll(TestNamespace namespace) {
    namespace.pods().stream()
        .filter(QueueIT::isHeld)
        .forEach(pod ->
            namespace
                .client()
                .resource(pod)
                .edit(held ->
                    new PodBuilder(held)
                        .editSpec()
                        .withSchedulingGates(List.of())
                        .endSpec()
                        .build()));
  }

  private static boolean isHeld(Pod pod) {
    return pod.getSpec().getSchedulingGates().stream()
        .anyMatch(gate -> gate.getName().equals(GATE));
  }

  private static String position(Build build) {
    return build.text("queue", "position");
  }
}
