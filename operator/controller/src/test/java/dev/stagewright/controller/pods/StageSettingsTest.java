package dev.stagewright.controller.pods;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.stagewright.controller.run.BuildRun;
import dev.stagewright.controller.run.RunInputs;
import dev.stagewright.controller.support.Builds;
import dev.stagewright.controller.support.Plans;
import dev.stagewright.protocol.BuildPlan;
import dev.stagewright.protocol.RunMount;
import dev.stagewright.protocol.SandboxKind;
import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.Quantity;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class StageSettingsTest {
  private static final BuildPlan PLAN = Plans.builderAndTarget();

  @ParameterizedTest
  @ValueSource(strings = {"builder", "Builder", "0"})
  void areFoundByNameAndByIndex(String name) {
    var spec = "stages: [{name: '" + name + "', runtimeClassName: gvisor}]";

    assertThat(pod(spec, "s0").getSpec().getRuntimeClassName()).isEqualTo("gvisor");
    assertThat(pod(spec, "s1").getSpec().getRuntimeClassName()).isNull();
  }

  @Test
  void resourcesAreMergedWithDefaultRequests() {
    var resources =
        main(pod("stages: [{name: builder, resources: {requests: {cpu: '2'}}}]", "s0"))
            .getResources();

    assertThat(resources.getRequests())
        .containsEntry("cpu", new Quantity("2"))
        .containsEntry("memory", new Quantity("128Mi"));
  }

  @Test
  void limitBelowTheDefaultRequestLowersTheRequest() {
    var resources =
        main(pod("stages: [{name: builder, resources: {limits: {memory: 64Mi}}}]", "s0"))
            .getResources();

    assertThat(resources.getRequests()).containsEntry("memory", new Quantity("64Mi"));
  }

  @Test
  void schedulingSettingsApplyToThePod() {
    var spec =
        pod(
                """
                stages:
                  - name: builder
                    nodeSelector: {disk: fast}
                    tolerations: [{key: build, operator: Exists, effect: NoSchedule}]
                    priorityClassName: high
                    affinity:
                      podAntiAffinity:
                        requiredDuringSchedulingIgnoredDuringExecution:
                          - {topologyKey: kubernetes.io/hostname, labelSelector: {matchLabels: {a: b}}}
                """,
                "s0")
            .getSpec();

    assertThat(spec.getNodeSelector()).containsEntry("disk", "fast");
    assertThat(spec.getTolerations()).extracting("key").contains("build");
    assertThat(spec.getPriorityClassName()).isEqualTo("high");
    assertThat(
            spec.getAffinity()
                .getPodAntiAffinity()
                .getRequiredDuringSchedulingIgnoredDuringExecution())
        .singleElement()
        .extracting("topologyKey")
        .isEqualTo("kubernetes.io/hostname");
  }

  @Test
  void failedNodesAreToleratedForAMinuteByDefault() {
    var stages =
        """
        stages:
          - name: builder
            tolerations:
              - {key: node.kubernetes.io/unreachable, operator: Exists, effect: NoExecute}
        """;

    assertThat(pod(stages, "s0").getSpec().getTolerations())
        .extracting("key", "tolerationSeconds")
        .containsExactlyInAnyOrder(
            tuple("node.kubernetes.io/unreachable", null),
            tuple("node.kubernetes.io/not-ready", 60L));
  }

  @Test
  void nodeOfTheRunIsAddedToEachNodeAffinityTerm() {
    var spec =
        """
        stages:
          - name: builder
            affinity:
              nodeAffinity:
                requiredDuringSchedulingIgnoredDuringExecution:
                  nodeSelectorTerms:
                    - matchExpressions: [{key: zone, operator: In, values: [a]}]
                    - matchExpressions: [{key: zone, operator: In, values: [b]}]
        """;
    var pod = pod(spec, PLAN, "s0", Optional.of("node-1"));

    assertThat(
            pod.getSpec()
                .getAffinity()
                .getNodeAffinity()
                .getRequiredDuringSchedulingIgnoredDuringExecution()
                .getNodeSelectorTerms())
        .hasSize(2)
        .allSatisfy(term -> {
          assertThat(term.getMatchExpressions()).hasSize(1);
          assertThat(term.getMatchFields())
              .singleElement()
              .satisfies(field -> assertThat(field.getValues()).containsExactly("node-1"));
        });
  }

  @Test
  void secretsOfTheStageTakePrecedence() {
    var mount = new RunMount.Secret("npm", Optional.of("/npm"), Optional.empty(), true, 0400, 0, 0);
    var stage = Plans.withMounts(Plans.stage("s0", "builder", Plans.image("node")), mount);
    var pod =
        pod(
            """
            secrets: [{id: npm, secret: {name: of-all, key: k}}]
            stages: [{name: builder, secrets: [{id: npm, secret: {name: of-one, key: k}}]}]
            """,
            Plans.of(stage),
            "s0",
            Optional.empty());

    assertThat(pod.getSpec().getVolumes())
        .filteredOn(volume -> volume.getName().equals("secrets"))
        .singleElement()
        .satisfies(volume ->
            assertThat(volume.getProjected().getSources())
                .singleElement()
                .satisfies(it -> assertThat(it.getSecret().getName()).isEqualTo("of-one")));
  }

  @Test
  void volumesAreMountedAndPassedToTheRuntime() {
    var main =
        main(
            pod(
                """
                stages:
                  - name: builder
                    volumes:
                      - {mountPath: /models, persistentVolumeClaim: {name: models}, subPath: v1, readOnly: true}
                      - {mountPath: /etc/tool, configMap: {name: tool}}
                podTemplate:
                  spec:
                    volumes: [{name: mine, emptyDir: {medium: Memory}}]
                    containers: [{name: main, volumeMounts: [{name: mine, mountPath: /fast}]}]
                """,
                "s0"));

    assertThat(main.getVolumeMounts())
        .filteredOn(mount -> !mount.getMountPath().startsWith("/dev/stagewright/"))
        .extracting(
            mount -> mount.getMountPath() + " " + mount.getSubPath() + " " + mount.getReadOnly())
        .containsExactly("/fast null null", "/models v1 true", "/etc/tool null true");
    assertThat(main.getCommand()).endsWith("--volumes", "/fast:/models:/etc/tool");
  }

  @Test
  void networkPolicyIsAPrerequisiteAndSelectsThePod() {
    var spec = "stages: [{name: builder, networkPolicy: none}]";
    var policy =
        new StagePod(context(spec, Optional.empty()), PLAN, PLAN.stage("s0"))
            .prerequisites()
            .getFirst();

    assertThat(policy.getMetadata().getName()).isEqualTo("hello-1-isolation");
    assertThat(
            new StageNetworkPolicy(BuildRun.of(RunInputs.of(Builds.hello()), Instant.EPOCH))
                .policy())
        .isEqualTo(policy)
        .satisfies(it -> {
          assertThat(it.getSpec().getPolicyTypes()).containsExactly("Ingress", "Egress");
          assertThat(it.getSpec().getIngress()).isEmpty();
          assertThat(it.getSpec().getEgress()).isEmpty();
          assertThat(pod(spec, "s0").getMetadata().getLabels())
              .containsAllEntriesOf(it.getSpec().getPodSelector().getMatchLabels());
          assertThat(pod(spec, "s1").getMetadata().getLabels())
              .doesNotContainKey("stagewright.dev/network");
        });
  }

  @Test
  void templateOfTheStageIsMergedAfterThatOfTheBuild() {
    var spec =
        """
        serviceAccountName: builder
        podTemplate: {metadata: {labels: {team: a, tier: b}}, spec: {priorityClassName: low}}
        stages: [{name: builder, podTemplate: {metadata: {labels: {tier: c}}}}]
        """;
    var prepare =
        new WorkerPod(context(spec, Optional.empty()), RegistryAccess.of(Builds.config()), false)
            .prepareAndPublish(1);
    var push =
        new WorkerPod(context(spec, Optional.empty()), RegistryAccess.of(Builds.config()), false)
            .publish(2);

    for (var pod : new Pod[] {prepare, push, pod(spec, "s0"), pod(spec, "s1")}) {
      assertThat(pod.getSpec().getServiceAccountName()).isEqualTo("builder");
      assertThat(pod.getSpec().getPriorityClassName()).isEqualTo("low");
      assertThat(pod.getMetadata().getLabels()).containsEntry("team", "a");
      assertThat(pod.getMetadata().getLabels()).containsKey("stagewright.dev/part");
    }
    assertThat(pod(spec, "s0").getMetadata().getLabels()).containsEntry("tier", "c");
    assertThat(pod(spec, "s1").getMetadata().getLabels()).containsEntry("tier", "b");
  }

  private static Pod pod(String spec, String stage) {
    return pod(spec, PLAN, stage, Optional.empty());
  }

  private static Pod pod(String spec, BuildPlan plan, String stage, Optional<String> node) {
    return new StagePod(context(spec, node), plan, plan.stage(stage)).pod(1, StagePod.Limits.NONE);
  }

  private static PodContext context(String spec, Optional<String> node) {
    var build = Builds.hello("source: {inline: {dockerfile: FROM busybox}}\n" + spec);
    return new PodContext(
        BuildRun.of(RunInputs.of(build), Instant.EPOCH),
        build.getSpec(),
        Builds.IMAGE,
        SandboxKind.IN_PLACE,
        true,
        node);
  }

  private static Container main(Pod pod) {
    return pod.getSpec().getContainers().getFirst();
  }
}
