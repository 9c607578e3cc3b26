package dev.stagewright.controller;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stagewright.api.v1alpha1.BuildPhase;
import dev.stagewright.api.v1alpha1.ImageBuild;
import dev.stagewright.api.v1alpha1.ImageBuildStatus.SandboxReason;
import dev.stagewright.api.v1alpha1.ImageBuildStatus.SandboxStatus;
import dev.stagewright.api.v1alpha1.SandboxChoice;
import dev.stagewright.controller.cluster.Cluster.Creation;
import dev.stagewright.controller.cluster.Cluster.Warning;
import dev.stagewright.controller.support.Builds;
import dev.stagewright.controller.support.Plans;
import dev.stagewright.controller.support.Walk;
import dev.stagewright.protocol.BuildPlan;
import dev.stagewright.protocol.Failure;
import dev.stagewright.protocol.FailureReason;
import dev.stagewright.protocol.Phase;
import dev.stagewright.protocol.SandboxKind;
import java.time.Duration;
import java.util.Arrays;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The selection of a sandbox, and the fallback if it is not available. */
class SandboxTest {
  private static final String FORBIDDEN = "violates PodSecurity \"baseline:latest\"";

  @Test
  void autoPrefersUserNamespace() {
    var walk = prepared(requesting("auto"));

    assertThat(sandbox(walk, "hello-1-s0")).isEqualTo("userNamespace");
    assertThat(chosen(walk)).extracting("kind").isEqualTo("userNamespace");
    assertThat(walk.reconcile().stage("s0").sandbox()).isEqualTo("userNamespace");
  }

  @Test
  void autoIsInPlaceWithoutSupport() {
    var walk = new Walk(requesting("auto"));
    walk.cluster().withoutUserNamespaces("Kubernetes 1.30 is older than 1.33");
    reachStages(walk);

    assertThat(sandbox(walk, "hello-1-s0")).isEqualTo("inPlace");
    assertThat(chosen(walk)).extracting("reason").isEqualTo(SandboxReason.Unavailable);
    assertThat(chosen(walk).message()).contains("1.30");
  }

  @Test
  void autoFallsBackWhenPodIsForbidden() {
    var walk = new Walk(requesting("auto"));
    walk.cluster().refuse("hello-1-s0", new Creation.Refused(FORBIDDEN));
    reachStages(walk);
    assertThat(walk.status().phase()).isEqualTo(BuildPhase.Building);
    assertThat(walk.requeueAfter()).contains(Duration.ofSeconds(1));

    walk.cluster().accept("hello-1-s0");
    walk.after(Duration.ofSeconds(1));

    assertThat(sandbox(walk, "hello-1-s0")).isEqualTo("inPlace");
    assertThat(chosen(walk))
        .extracting("kind", "reason")
        .containsExactly("inPlace", SandboxReason.Refused);
    assertThat(chosen(walk).message()).contains(FORBIDDEN);
    assertThat(walk.status().attempts()).containsEntry("s0", 1);
    assertThat(walk.cluster().eventReasons()).containsOnlyOnce("SandboxRefused");
    walk.reconcile().assertSettled();
  }

  @Test
  void keepsUserNamespaceWithoutProcMount() {
    var walk = new Walk(requesting("auto"));
    walk.cluster().refuseProcMount(new Creation.Refused("policy: procMount must be Default"));
    reachStages(walk);

    assertThat(sandbox(walk, "hello-1-s0")).isEqualTo("userNamespace");
    assertThat(walk.cluster().eventReasons()).doesNotContain("SandboxRefused");
  }

  @Test
  void failsIfInPlaceIsForbiddenToo() {
    var walk = new Walk(requesting("auto"));
    walk.cluster().refuse("hello-1-s0", new Creation.Refused("violates PodSecurity restricted"));
    reachStages(walk).after(Duration.ofSeconds(1));

    assertThat(walk.failure()).extracting("reason").isEqualTo("PodNotStarted");
    assertThat(walk.failure().message()).contains("restricted");
  }

  @ParameterizedTest
  @CsvSource({
    "FailedCreatePodSandBox, runtime does not support user namespaces",
    "FailedCreatePodSandBox, \"can't set `spec.hostUsers: false`, runtime does not support it\"",
    "Failed, failed to set MOUNT_ATTR_IDMAP on /data: invalid argument",
  })
  void autoFallsBackWhenNodeCannotStart(String reason, String message) {
    var walk = prepared(requesting("auto"));
    walk.schedule("hello-1-s0").cluster().warn("hello-1-s0", new Warning(reason, message));
    walk.after(Duration.ofSeconds(20));

    assertThat(sandbox(walk, "hello-1-s0-2")).isEqualTo("inPlace");
    assertThat(walk.cluster().names()).doesNotContain("hello-1-s0");
    assertThat(chosen(walk).message()).contains(message);

    walk.schedule("hello-1-s0-2").reconcile();
    assertThat(sandbox(walk, "hello-1-s1")).isEqualTo("inPlace");
  }

  @Test
  void autoFallsBackWhenRuntimeReportsIt() {
    var walk = prepared(requesting("auto"));
    var failure = Failure.of(FailureReason.SandboxUnavailable, "the ids are the node's own");
    walk.fail("hello-1-s0", Phase.STAGE, failure).reconcile();

    assertThat(sandbox(walk, "hello-1-s0-2")).isEqualTo("inPlace");
    assertThat(chosen(walk).message()).contains("the ids are the node's own");
  }

  @Test
  void fallbackLastsForRun() {
    var walk = prepared(requesting("auto"));
    var failure = Failure.of(FailureReason.SandboxUnavailable, "no");
    walk.fail("hello-1-s0", Phase.STAGE, failure).reconcile();
    walk.cluster().remove("hello-1-s0");
    walk.reconcile().evict("hello-1-s0-2").reconcile();

    assertThat(sandbox(walk, "hello-1-s0-3")).isEqualTo("inPlace");
  }

  @Test
  void statusShowsUsedSandbox() {
    var walk = prepared(requesting("auto"));
    walk.completeStage("hello-1-s0", "s0").reconcile();

    assertThat(walk.stage("s0").sandbox()).isEqualTo("inPlace");
  }

  @Test
  void requiredUserNamespaceForbiddenFails() {
    var walk = new Walk(requesting("userNamespace"));
    walk.cluster().refuse("hello-1-s0", new Creation.Refused(FORBIDDEN));
    reachStages(walk);

    assertThat(walk.failure()).extracting("reason").isEqualTo("SandboxUnavailable");
    assertThat(walk.failure().message()).contains(FORBIDDEN, "spec.sandbox requests it");
  }

  @Test
  void requiredUserNamespaceUnsupportedFails() {
    var walk = prepared(requesting("userNamespace"));
    walk.setWaiting("hello-1-s0", "CreateContainerError", "idmap mounts are not supported")
        .reconcile();

    assertThat(walk.failure()).extracting("reason").isEqualTo("SandboxUnavailable");
    assertThat(walk.failure().message()).contains("hello-1-s0", "idmap");
  }

  @Test
  void disallowedSandboxFailsAtOnce() {
    var config = Builds.config(SandboxChoice.auto, SandboxKind.IN_PLACE);
    var walk = new Walk(requesting("userNamespace"), config).reconcile();

    assertThat(walk.failure()).extracting("reason").isEqualTo("SandboxUnavailable");
    assertThat(walk.failure().message()).contains("spec.sandbox", "allows only inPlace");
    assertThat(walk.cluster().created()).isEmpty();
  }

  @ParameterizedTest(name = "configured {0}, allowed {1}: {2}")
  @CsvSource({
    "inPlace, IN_PLACE USER_NAMESPACE, inPlace",
    "userNamespace, IN_PLACE USER_NAMESPACE, userNamespace",
    "auto, IN_PLACE, inPlace",
    "auto, USER_NAMESPACE, userNamespace",
  })
  void configurationDecidesAuto(SandboxChoice configured, String allowed, String expected) {
    var kinds =
        Arrays.stream(allowed.split(" ", -1)).map(SandboxKind::valueOf).toArray(SandboxKind[]::new);
    var walk = reachStages(new Walk(requesting("auto"), Builds.config(configured, kinds)));

    assertThat(sandbox(walk, "hello-1-s0")).isEqualTo(expected);
    assertThat(chosen(walk)).extracting("reason").isEqualTo(SandboxReason.Requested);
  }

  @Test
  void autoIsInPlaceIfStageNeedsIt() {
    var walk = new Walk(requesting("auto"));
    walk.reconcile().completePrepare(needing("USER 200000 (Dockerfile:2)")).reconcile();
    walk.schedule("hello-1-s0").reconcile();

    assertThat(sandbox(walk, "hello-1-s0")).isEqualTo("inPlace");
    assertThat(sandbox(walk, "hello-1-s1")).isEqualTo("userNamespace");
    assertThat(chosen(walk)).extracting("kind").isEqualTo("userNamespace");
    assertThat(chosen(walk).message())
        .endsWith("; stage builder is inPlace: USER 200000 (Dockerfile:2)");
    var message = chosen(walk).message();
    walk.reconcile().reconcile();
    assertThat(chosen(walk).message()).isEqualTo(message);
  }

  @Test
  void requestedSandboxOverridesNeed() {
    var walk = new Walk(requesting("userNamespace"));
    walk.reconcile().completePrepare(needing("USER 200000 (Dockerfile:2)")).reconcile();

    assertThat(sandbox(walk, "hello-1-s0")).isEqualTo("userNamespace");
  }

  @Test
  void stageHasRequestedSandbox() {
    var walk = prepared(requesting("auto", "inPlace"));
    walk.schedule("hello-1-s0").reconcile();

    assertThat(sandbox(walk, "hello-1-s0")).isEqualTo("inPlace");
    assertThat(sandbox(walk, "hello-1-s1")).isEqualTo("userNamespace");
    assertThat(walk.reconcile().stage("s0").sandbox()).isEqualTo("inPlace");
    assertThat(chosen(walk).message())
        .endsWith("; stage builder is inPlace: spec.stages[builder].sandbox requests it");
  }

  @Test
  void stageMayRequestAuto() {
    var walk = prepared(requesting("inPlace", "auto"));
    walk.schedule("hello-1-s0").reconcile();

    assertThat(sandbox(walk, "hello-1-s0")).isEqualTo("userNamespace");
    assertThat(sandbox(walk, "hello-1-s1")).isEqualTo("inPlace");
  }

  @Test
  void disallowedSandboxOfStageNamesField() {
    var config = Builds.config(SandboxChoice.auto, SandboxKind.USER_NAMESPACE);
    var walk = new Walk(requesting("auto", "inPlace"), config).reconcile();

    assertThat(walk.failure()).extracting("reason").isEqualTo("SandboxUnavailable");
    assertThat(walk.failure().message())
        .isEqualTo(
            "spec.stages[builder].sandbox is inPlace, but the operator's configuration allows only"
                + " userNamespace");
  }

  @Test
  void stageRequiringUserNamespaceFailsWhenRefused() {
    var walk = new Walk(requesting("auto", "userNamespace"));
    walk.cluster().refuse("hello-1-s0", new Creation.Refused(FORBIDDEN));
    reachStages(walk);

    assertThat(walk.failure()).extracting("reason").isEqualTo("SandboxUnavailable");
    assertThat(walk.failure().message()).contains("spec.stages[builder].sandbox requests it");
  }

  private static BuildPlan needing(String why) {
    var plan = Plans.builderAndTarget();
    var stages =
        plan.stages().stream()
            .map(stage ->
                stage.id().equals("s0")
                    ? stage.toBuilder().needsInPlace(Optional.of(why)).build()
                    : stage)
            .toList();
    return plan.toBuilder().stages(stages).build();
  }

  private static ImageBuild requesting(String sandbox, String ofStage) {
    return Builds.hello(
        """
        sandbox: %s
        stages: [{name: builder, sandbox: %s}]
        source: {inline: {dockerfile: FROM x}}
        """
            .formatted(sandbox, ofStage));
  }

  private static ImageBuild requesting(String sandbox) {
    return Builds.hello("sandbox: " + sandbox + "\nsource: {inline: {dockerfile: FROM x}}");
  }

  private static Walk prepared(ImageBuild build) {
    return reachStages(new Walk(build));
  }

  private static Walk reachStages(Walk walk) {
    return walk.reconcile().completePrepare(Plans.builderAndTarget()).reconcile();
  }

  private static SandboxStatus chosen(Walk walk) {
    return Optional.ofNullable(walk.status().sandbox())
        .orElseThrow(() -> new AssertionError("no sandbox in " + walk.status()));
  }

  private static String sandbox(Walk walk, String pod) {
    return walk.cluster()
        .requirePod(pod)
        .getMetadata()
        .getLabels()
        .getOrDefault("stagewright.dev/sandbox", "none");
  }
}
