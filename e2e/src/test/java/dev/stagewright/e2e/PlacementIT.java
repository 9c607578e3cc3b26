package dev.stagewright.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.Quantity;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** The changes that users can make to the Pods of their builds. */
@ExtendWith(StagewrightExtension.class)
class PlacementIT {
  @Test
  void mergesBuildAndStageSettings(TestNamespace namespace) {
    namespace.apply(
        """
        apiVersion: v1
        kind: ConfigMap
        metadata: {name: words}
        data: {word: hello}
        """);

    var build =
        namespace
            .build(
                "placed",
                """
                podTemplate:
                  metadata: {labels: {team: web, tier: all}}
                  spec: {nodeSelector: {kubernetes.io/os: linux}}
                stages:
                  - name: own
                    resources: {requests: {cpu: 150m}, limits: {memory: 300Mi}}
                    nodeSelector: {kubernetes.io/arch: amd64}
                    networkPolicy: none
                    volumes: [{mountPath: /words, configMap: {name: words}}]
                    podTemplate:
                      metadata: {labels: {tier: own}}
                      spec: {terminationGracePeriodSeconds: 1}
                """
                    + Specs.inline(
                        """
                        FROM busybox AS own
                        RUN cp /words/word /copied
                        FROM busybox
                        COPY --from=own /copied /
                        RUN test -s /copied
                        CMD ["cat", "/copied"]
                        """,
                        Map.of()))
            .awaitSuccess();

    var own = namespace.podsOf(build, "s0").getFirst();
    assertThat(own.getMetadata().getLabels())
        .containsEntry("team", "web")
        .containsEntry("tier", "own");
    assertThat(own.getSpec().getNodeSelector())
        .containsOnlyKeys("kubernetes.io/os", "kubernetes.io/arch");
    assertThat(own.getSpec().getTerminationGracePeriodSeconds()).isEqualTo(1);
    var resources = own.getSpec().getContainers().getFirst().getResources();
    assertThat(resources.getRequests()).containsEntry("cpu", new Quantity("150m"));
    assertThat(resources.getLimits()).containsEntry("memory", new Quantity("300Mi"));
    var other = namespace.podsOf(build, "s1").getFirst();
    assertThat(other.getMetadata().getLabels()).containsEntry("tier", "all");
    assertThat(other.getSpec().getNodeSelector()).containsOnlyKeys("kubernetes.io/os");

    var policies =
        namespace.client().network().v1().networkPolicies().inNamespace(namespace.name()).list();
    assertThat(policies.getItems())
        .singleElement()
        .satisfies(policy -> {
          var selected = policy.getSpec().getPodSelector().getMatchLabels();
          assertThat(own.getMetadata().getLabels()).containsAllEntriesOf(selected);
          assertThat(other.getMetadata().getLabels()).doesNotContainKeys("stagewright.dev/network");
          assertThat(policy.getSpec().getPolicyTypes()).contains("Ingress", "Egress");
        });
    assertThat(build.image().paths()).contains("copied").doesNotContain("words/word");
    assertThat(namespace.run("run", namespace.image("placed")).log()).isEqualTo("hello");
  }

  @Test
  void rejectsNodeAccessBeforeAnyPod(TestNamespace namespace) {
    var build =
        namespace
            .build(
                "refused",
                """
                podTemplate:
                  spec: {volumes: [{name: node, hostPath: {path: /}}]}
                """
                    + Specs.inline("FROM busybox\n", Map.of()))
            .awaitEnd();

    assertThat(build.text("failure", "reason")).isEqualTo("Forbidden");
    assertThat(build.text("failure", "message"))
        .contains("spec.podTemplate", "spec.volumes[node].hostPath");
    assertThat(namespace.pods()).isEmpty();
  }
}
