package dev.stagewright.controller;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stagewright.api.v1alpha1.BuildPhase;
import dev.stagewright.api.v1alpha1.ImageBuild;
import dev.stagewright.controller.support.Builds;
import dev.stagewright.controller.support.Plans;
import dev.stagewright.controller.support.Walk;
import dev.stagewright.protocol.BuildPlan;
import io.fabric8.kubernetes.api.model.ManagedFieldsEntryBuilder;
import io.fabric8.kubernetes.api.model.Quantity;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Suspension, cleanup and expiry of a build, and validation of its spec. */
class LifecycleTest {
  private static final String SOURCE = "source: {inline: {dockerfile: FROM alpine}}\n";
  private static final BuildPlan ONE_STAGE =
      Plans.of(Plans.stage("s0", "0", Plans.image("alpine")));

  private static Walk succeeded(String spec) {
    return succeeded(Builds.hello(SOURCE + spec));
  }

  private static Walk succeeded(ImageBuild build) {
    var walk = Walk.prepared(build, ONE_STAGE);
    walk.completeStage("hello-1-s0", "s0").reconcile();
    return walk.completePublish("hello-1-worker/publish").reconcile();
  }

  @Test
  void suspendedBuildDoesNotStart() {
    var walk = new Walk(Builds.hello(SOURCE + "suspend: true")).reconcile();

    assertThat(walk.cluster().names()).isEmpty();
    assertThat(walk.status().phase()).isEqualTo(BuildPhase.Cancelled);
    assertThat(walk.status().startTime()).isNull();
    assertThat(walk.condition("Ready")).isEqualTo("False Suspended");
    assertThat(walk.condition("Stalled")).isEqualTo("True Suspended");
    assertThat(walk.cluster().eventReasons()).containsExactly("Suspended");
    walk.assertSettled();
  }

  @Test
  void suspendingStopsRun() {
    var walk = Walk.prepared(Builds.hello(SOURCE), Plans.builderAndTarget());
    walk.start("hello-1-s0").reconcile();
    walk.change(Builds.spec(SOURCE + "suspend: true")).reconcile();

    assertThat(walk.cluster().names()).isEmpty();
    assertThat(walk.status().phase()).isEqualTo(BuildPhase.Cancelled);
    assertThat(walk.status().history())
        .singleElement()
        .extracting("generation", "phase", "reason")
        .containsExactly(1L, BuildPhase.Cancelled, "Suspended");
  }

  @Test
  void resumedBuildStartsAgain() {
    var walk = new Walk(Builds.hello(SOURCE + "suspend: true")).reconcile();
    walk.change(Builds.spec(SOURCE)).reconcile();

    assertThat(walk.cluster().names()).contains("hello-2-worker");
    assertThat(walk.status().history()).isEmpty();
  }

  @Test
  void deletesWorkspaceAndKeepsPods() {
    var walk = succeeded("");
    assertThat(walk.cluster().names()).contains("hello-1-workspace");

    walk.after(Duration.ofSeconds(20));
    assertThat(walk.cluster().names())
        .doesNotContain("hello-1-workspace")
        .contains("hello-1-worker", "hello-1-s0", "hello-1-worker");
    assertThat(walk.requeueAfter()).isEmpty();
    walk.assertSettled();
  }

  @Test
  void keepsWorkspaceWhilePodRuns() {
    var walk = Walk.prepared(Builds.hello(SOURCE + "timeout: 10s"), ONE_STAGE);
    walk.start("hello-1-s0").after(Duration.ofSeconds(11));
    assertThat(walk.status().phase()).isEqualTo(BuildPhase.Failed);
    var running = walk.cluster().requirePod("hello-1-s0");

    walk.reconcile();
    walk.cluster().put(running);
    walk.after(Duration.ofMinutes(1));
    assertThat(walk.cluster().names()).contains("hello-1-workspace");

    walk.cluster().remove("hello-1-s0");
    walk.reconcile();
    assertThat(walk.cluster().names()).doesNotContain("hello-1-workspace");
  }

  @Test
  void keepsWorkspaceIfRequested() {
    var walk = succeeded("workspace: {reclaim: WithBuild}");

    assertThat(walk.after(Duration.ofDays(9)).cluster().names()).contains("hello-1-workspace");
  }

  @Test
  void deletesBuildAfterTtl() {
    var walk = succeeded("ttlAfterFinished: 1h\nworkspace: {reclaim: WithBuild}");
    walk.reconcile();
    assertThat(walk.requeueAfter()).contains(Duration.ofHours(1));

    walk.after(Duration.ofMinutes(59));
    assertThat(walk.cluster().isExpired()).isFalse();
    walk.after(Duration.ofMinutes(1));
    assertThat(walk.cluster().isExpired()).isTrue();
  }

  @ParameterizedTest
  @CsvSource({"0s, 59, 60", "10m, 59, 60", "3h, 179, 180"})
  void keepsFailedBuildForAnHour(String ttl, int keptMinutes, int deletedMinutes) {
    var walk =
        new Walk(Builds.hello(SOURCE + "dockerfile: ../x\nttlAfterFinished: " + ttl)).reconcile();
    assertThat(walk.failure().reason()).isEqualTo("InvalidRequest");

    walk.after(Duration.ofMinutes(keptMinutes));
    assertThat(walk.cluster().isExpired()).isFalse();
    walk.after(Duration.ofMinutes(deletedMinutes - keptMinutes));
    assertThat(walk.cluster().isExpired()).isTrue();
  }

  @ParameterizedTest
  @CsvSource({
    "annotation, argocd.argoproj.io/tracking-id, Argo CD",
    "label, argocd.argoproj.io/instance, Argo CD",
    "manager, argocd-controller, Argo CD",
    "label, kustomize.toolkit.fluxcd.io/name, Flux",
    "label, helm.toolkit.fluxcd.io/name, Flux",
    "manager, kustomize-controller, Flux",
    "annotation, kapp.k14s.io/identity, kapp",
    "annotation, config.k8s.io/owning-inventory, inventory",
    "label, applyset.kubernetes.io/part-of, ApplySet",
    "label, objectset.rio.cattle.io/hash, Fleet",
  })
  void keepsImageBuildManagedByTool(String kind, String mark, String tool) {
    var build = Builds.hello(SOURCE + "ttlAfterFinished: 1m\nworkspace: {reclaim: WithBuild}");
    var metadata = build.getMetadata();
    switch (kind) {
      case "annotation" -> metadata.setAnnotations(Map.of(mark, "x"));
      case "label" -> metadata.setLabels(Map.of(mark, "x"));
      default ->
          metadata.setManagedFields(
              List.of(new ManagedFieldsEntryBuilder().withManager(mark).build()));
    }
    var walk = succeeded(build);

    walk.after(Duration.ofMinutes(2)).reconcile();

    assertThat(walk.cluster().isExpired()).isFalse();
    assertThat(walk.cluster().names()).isEmpty();
    assertThat(walk.status().phase()).isEqualTo(BuildPhase.Succeeded);
    assertThat(walk.cluster().events())
        .filteredOn(event -> event.startsWith("Kept: "))
        .singleElement()
        .asString()
        .contains(tool, mark, "create and build it again");
    assertThat(walk.requeueAfter()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({"app.kubernetes.io/instance", "app.kubernetes.io/managed-by", "team"})
  void deletesBuildWithOrdinaryLabels(String label) {
    var build = Builds.hello(SOURCE + "ttlAfterFinished: 1m");
    build.getMetadata().setLabels(Map.of(label, "x"));

    assertThat(succeeded(build).after(Duration.ofMinutes(2)).cluster().isExpired()).isTrue();
  }

  @Test
  void suspendedBuildDoesNotExpire() {
    var walk = new Walk(Builds.hello(SOURCE + "suspend: true\nttlAfterFinished: 0s")).reconcile();

    assertThat(walk.after(Duration.ofDays(1)).cluster().isExpired()).isFalse();
  }

  @Test
  void doesNotDeleteEarlyAfterClockChange() {
    var walk = succeeded("ttlAfterFinished: 10m");

    walk.after(Duration.ofHours(-3));
    assertThat(walk.cluster().isExpired()).isFalse();
  }

  @ParameterizedTest
  @CsvSource({"5, 3", "2, 2", "0, 0"})
  void historyIsLimited(int limit, int expected) {
    var walk = succeeded("historyLimit: " + limit);
    for (var i = 0; i < 3; i++) {
      walk.change(Builds.spec(SOURCE + "historyLimit: " + limit)).reconcile().reconcile();
    }

    assertThat(walk.status().history()).hasSize(expected);
    if (expected == 3) {
      assertThat(walk.status().history())
          .extracting("generation", "phase", "reason")
          .first()
          .asString()
          .isEqualTo("(3L, Cancelled, \"Replaced\")");
      assertThat(walk.status().history().getLast().image())
          .startsWith("registry.example.com/team/hello@sha256:");
    }
  }

  @ParameterizedTest
  @CsvSource({"0, 1", "1, 2", "3, 4"})
  void retriesLimitReplacedPods(int retries, int pods) {
    var walk = Walk.prepared(Builds.hello(SOURCE + "retries: " + retries), ONE_STAGE);
    for (var i = 1; i <= pods; i++) {
      walk.evict(i == 1 ? "hello-1-s0" : "hello-1-s0-" + i).reconcile();
    }

    assertThat(walk.failure().reason()).isEqualTo("PodLost");
    assertThat(walk.failure().message()).contains("tried " + pods + " time");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "resources: {requests: {cpu: half}} | resources.requests.cpu: must be a quantity such as 500m, 0.5 or 2, but is \"half\"",
        "resources: {limits: {memory: 1Gb}} | resources.limits.memory: must be a quantity such as 512Mi, 2Gi or 1073741824, but is \"1Gb\"",
        "resources: {limits: {memory: 1 Gi}} | resources.limits.memory: must be a quantity",
        "resources: {limits: {memory: true}} | resources.limits.memory: must be a quantity",
        "resources: {limits: {memory: {}}} | resources.limits.memory: must be a quantity",
        "resources: {limits: {memory: ''}} | resources.limits.memory: must be a quantity",
        "resources: {limits: {memory: -1Gi}} | resources.limits.memory: must not be negative, but is \"-1Gi\"",
        "resources: {limits: {cpu: -0.5}} | resources.limits.cpu: must not be negative, but is -0.5",
        "resources: {limits: {memory: '1e400'}} | resources.limits.memory: exceeds the maximum of Kubernetes: \"1e400\"",
        "outOfMemoryRetry: {maxMemory: lots} | outOfMemoryRetry.maxMemory: must be a quantity",
        "podTemplate: {spec: {containers: [{name: main, resources: {limits: {cpu: half}}}]}} | podTemplate.spec.containers[0].resources.limits.cpu: must be a quantity",
      })
  void invalidQuantityNamesField(String settings, String message) {
    var walk = new Walk(Builds.hello(SOURCE + "stages: [{name: a, " + settings + "}]")).reconcile();

    assertThat(walk.failure().reason()).isEqualTo("InvalidRequest");
    assertThat(walk.failure().message()).startsWith("spec.stages[0]." + message);
  }

  @ParameterizedTest
  @CsvSource({"0.5, 0.5", "2, 2", "'\"2\"', 2", "1.5e3, 1500", "250m, 250m", ".5, 0.5"})
  void quantityIsNumberOrText(String written, String inPod) {
    var walk =
        Walk.prepared(
            Builds.hello(
                SOURCE + "stages: [{name: '0', resources: {requests: {cpu: " + written + "}}}]"),
            ONE_STAGE);

    var requests =
        walk.cluster()
            .pod("team", "hello-1-s0")
            .orElseThrow()
            .getSpec()
            .getContainers()
            .getFirst()
            .getResources()
            .getRequests();
    assertThat(requests)
        .hasEntrySatisfying(
            "cpu",
            cpu ->
                assertThat(cpu.getNumericalAmount())
                    .isEqualByComparingTo(Quantity.parse(inPod).getNumericalAmount()));
  }

  @Test
  void oversizedRequestNamesField() {
    var text = "x".repeat(1_100_000);
    var inline =
        new Walk(Builds.hello("source: {inline: {dockerfile: FROM a, files: {a: " + text + "}}}"))
            .reconcile();
    assertThat(inline.failure().reason()).isEqualTo("InvalidRequest");
    assertThat(inline.failure().message())
        .startsWith("spec.source.inline: dockerfile and files need ")
        .contains("at most 1024 KiB", "spec.source.git", "spec.source.persistentVolumeClaim");

    var arguments = new Walk(Builds.hello(SOURCE + "buildArgs: {A: " + text + "}")).reconcile();
    assertThat(arguments.failure().message()).startsWith("spec.buildArgs: the values need ");
  }

  @ParameterizedTest
  @CsvSource({
    "'timeout: soon', spec.timeout",
    "'ttlAfterFinished: later', spec.ttlAfterFinished",
    "'stages: [{name: a}, {name: b, timeout: 10}]', spec.stages[1].timeout",
    "'stages: [{name: a}, {name: b, timeout: 1d}]', spec.stages[1].timeout",
  })
  void invalidDurationNamesField(String spec, String field) {
    var walk = new Walk(Builds.hello(SOURCE + spec)).reconcile();

    assertThat(walk.failure().reason()).isEqualTo("InvalidRequest");
    assertThat(walk.failure().message()).startsWith(field + ": must be a duration");
  }
}
