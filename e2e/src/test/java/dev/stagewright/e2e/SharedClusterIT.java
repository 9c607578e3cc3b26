package dev.stagewright.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.ContainerBuilder;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import java.time.Duration;
import java.util.Map;
import java.util.function.Predicate;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Builds in namespaces with injected containers, limits, and policies. */
@ExtendWith(StagewrightExtension.class)
class SharedClusterIT {
  private static final Duration TIMEOUT = Duration.ofMinutes(2);
  private static final String SHORT = "FROM busybox\nRUN echo made > /made\n";

  @Test
  void podsEndDespiteRunningSidecar(TestNamespace namespace) {
    var sidecar =
        """
        [JSONPatch{op: 'add', path: '/spec/containers/-', value: {'name': dyn('proxy'),
          'image': dyn('busybox'), 'command': dyn(['sh', '-c', 'trap exit TERM; sleep 3600 & wait'])}}]
        """;
    try (var _ = AdmissionPolicy.create(namespace, "CREATE", "pods", "true", sidecar)) {
      awaitPolicy(namespace, pod -> pod.getSpec().getContainers().size() > 1);
      var build = namespace.inline("meshed", SHORT, Map.of());
      build.awaitSuccess();

      namespace.awaitPods(
          pods -> pods.stream().noneMatch(pod -> pod.getStatus().getPhase().equals("Running")));
      assertThat(namespace.pods()).as("Pods kept for their logs").hasSize(2);
    }
  }

  @Test
  void reportsReadOnlyRoot(TestNamespace namespace) {
    var readOnly =
        """
        [JSONPatch{op: 'add', path: '/spec/containers/0/securityContext',
          value: {'readOnlyRootFilesystem': true}}]
        """;
    var isStage =
        "has(object.metadata.labels) && 'probe' in object.metadata.labels"
            + " || has(object.metadata.labels) && 'stagewright.dev/stage' in object.metadata.labels";
    try (var _ = AdmissionPolicy.create(namespace, "CREATE", "pods", isStage, readOnly)) {
      awaitPolicy(
          namespace, pod -> pod.getSpec().getContainers().getFirst().getSecurityContext() != null);
      var build = namespace.build("locked", "sandbox: inPlace\n" + Specs.inline(SHORT, Map.of()));
      build.awaitEnd();

      assertThat(build.text("failure", "reason")).isEqualTo("PodModified");
      assertThat(build.text("failure", "message")).contains("readOnlyRootFilesystem: true");
      assertThat(build.text("failure", "logTail")).doesNotContain("\tat ");
    }
  }

  @Test
  void adjustsDefaultsToLimitRanges(TestNamespace namespace) {
    namespace.apply(
        """
        apiVersion: v1
        kind: LimitRange
        metadata: {name: small}
        spec:
          limits:
            - type: Container
              max: {memory: 512Mi}
              default: {memory: 100Mi}
              defaultRequest: {memory: 64Mi}
        """);

    namespace.inline("fitted", SHORT, Map.of()).awaitSuccess();
  }

  @Test
  void exceededStorageLimitIsFinal(TestNamespace namespace) {
    var spec =
        """
        stages:
          - name: "0"
            resources: {limits: {ephemeral-storage: 20Mi}}
        """
            + Specs.inline(
                "FROM busybox\nRUN dd if=/dev/zero of=/big bs=1M count=60 && sleep 300\n",
                Map.of());
    var build = namespace.build("big", spec).awaitEnd();

    assertThat(build.text("failure", "reason")).isEqualTo("StorageLimitExceeded");
    assertThat(build.text("failure", "message")).contains("20Mi", "spec.stages[0].resources");
    assertThat(namespace.stagePods()).hasSize(1);
  }

  @Test
  void waitsForMissingSource(TestNamespace namespace) {
    var build = namespace.build("later", "source: {configMap: {name: app}}");
    build.await(it -> it.reason("Ready").equals("ConfigMapNotFound"));
    assertThat(build.message("Ready")).contains("ConfigMap app", "spec.source.configMap.name");

    namespace.apply(
        """
        apiVersion: v1
        kind: ConfigMap
        metadata: {name: app}
        data: {Dockerfile: "FROM busybox"}
        """);
    build.awaitSuccess();
  }

  /** A policy takes effect a moment after its creation. */
  private static void awaitPolicy(TestNamespace namespace, Predicate<Pod> isInEffect) {
    var probe =
        new PodBuilder()
            .withNewMetadata()
            .withName("probe")
            .addToLabels("probe", "true")
            .endMetadata()
            .withNewSpec()
            .withContainers(new ContainerBuilder().withName("main").withImage("busybox").build())
            .endSpec()
            .build();
    Awaitility.await().atMost(TIMEOUT).until(() -> isInEffect.test(namespace.dryRunCreate(probe)));
  }
}
