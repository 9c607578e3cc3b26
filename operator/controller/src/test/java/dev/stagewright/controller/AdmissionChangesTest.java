package dev.stagewright.controller;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stagewright.controller.cluster.Cluster.Creation;
import dev.stagewright.controller.support.Builds;
import dev.stagewright.controller.support.Plans;
import dev.stagewright.controller.support.Walk;
import dev.stagewright.protocol.Failure;
import dev.stagewright.protocol.FailureReason;
import dev.stagewright.protocol.Phase;
import io.fabric8.kubernetes.api.model.EnvVar;
import io.fabric8.kubernetes.api.model.PodSpec;
import io.fabric8.kubernetes.api.model.PodStatusBuilder;
import io.fabric8.kubernetes.api.model.SecurityContext;
import java.time.Duration;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Fields that the cluster's admission sets on Pods, and Pods that it refuses. */
class AdmissionChangesTest {
  private static final String S0 = "hello-1-s0";
  private static final Failure SILENT =
      Failure.of(FailureReason.Internal, "the stage's runtime failed: read-only file system");

  private final Walk walk =
      Walk.prepared(
          Builds.hello("source: {inline: {dockerfile: FROM x}}\nsandbox: inPlace"),
          Plans.builderAndTarget());

  private SecurityContext main(String pod) {
    return spec(pod).getContainers().getFirst().getSecurityContext();
  }

  private PodSpec spec(String pod) {
    return walk.cluster().requirePod(pod).getSpec();
  }

  @Test
  void unmodifiedPodHasNoModifiedFields() {
    walk.fail(S0, Phase.STAGE, SILENT).reconcile();

    assertThat(walk.failure()).extracting("reason").isEqualTo("Internal");
  }

  static Stream<Arguments> changes() {
    return Stream.of(
        change("readOnlyRootFilesystem: true", it -> it.setReadOnlyRootFilesystem(true)),
        change("runAsUser: 1000", it -> it.setRunAsUser(1000L)),
        change("runAsNonRoot: true", it -> it.setRunAsNonRoot(true)),
        change("allowPrivilegeEscalation: false", it -> it.setAllowPrivilegeEscalation(false)));
  }

  private static Arguments change(String field, Consumer<SecurityContext> change) {
    return Arguments.of(field, change);
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("changes")
  void modifiedFieldExplainsInternalFailure(String field, Consumer<SecurityContext> change) {
    change.accept(main(S0));
    walk.fail(S0, Phase.STAGE, SILENT).reconcile();

    assertThat(walk.failure()).extracting("reason").isEqualTo("PodModified");
    assertThat(walk.failure().message())
        .contains("spec.containers[main].securityContext." + field, "admission", "exempt");
  }

  @Test
  void readOnlyRootSuggestsUserNamespace() {
    main(S0).setReadOnlyRootFilesystem(true);
    walk.fail(S0, Phase.STAGE, SILENT).reconcile();

    assertThat(walk.failure().message()).endsWith("or use spec.sandbox: userNamespace");
  }

  @Test
  void failedCommandMentionsModifiedField() {
    main(S0).setAllowPrivilegeEscalation(false);
    var failure = Failure.of(FailureReason.RunFailed, "sudo ended with exit code 1");
    walk.fail(S0, Phase.STAGE, failure).reconcile();

    assertThat(walk.failure()).extracting("reason").isEqualTo("RunFailed");
    assertThat(walk.failure().message()).contains("sudo", "allowPrivilegeEscalation: false");
  }

  @Test
  void runAsNonRootFailsAtOnce() {
    main(S0).setRunAsNonRoot(true);
    walk.setWaiting(
        S0, "CreateContainerConfigError", "container's runAsUser breaks non-root policy");
    walk.reconcile();

    assertThat(walk.failure()).extracting("reason").isEqualTo("PodModified");
    assertThat(walk.failure().message()).contains("runAsNonRoot: true", "breaks non-root policy");
  }

  @Test
  void reportsJvmVariables() {
    spec(S0).getContainers().getFirst().getEnv().add(new EnvVar("JAVA_TOOL_OPTIONS", "-x", null));
    walk.end(S0, 1, "Error", "").reconcile();

    assertThat(walk.failure()).extracting("reason").isEqualTo("PodModified");
    assertThat(walk.failure().message()).contains("env[JAVA_TOOL_OPTIONS]: -x");
  }

  @Test
  void checksPreparePod() {
    var start = new Walk(Builds.hello()).reconcile();
    var pod = start.cluster().requirePod("hello-1-worker");
    pod.getSpec().getSecurityContext().setRunAsUser(65534L);
    start.fail("hello-1-worker/prepare", Phase.PREPARE, SILENT).reconcile();

    assertThat(start.failure()).extracting("reason").isEqualTo("PodModified");
    assertThat(start.failure().message()).contains("spec.securityContext.runAsUser: 65534");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "violates PodSecurity \"restricted:latest\": unrestricted capabilities"
            + "|the Pod Security level restricted",
        "admission webhook \"check.example.com\" denied the request: no root"
            + "|the webhook check.example.com",
        "ValidatingAdmissionPolicy 'no-root' with binding 'all' denied request: no"
            + "|ValidatingAdmissionPolicy no-root",
        "failed quota: team: must specify limits.cpu for: main|the ResourceQuota team",
        "maximum memory usage per Container is 64Mi, but limit is 1Gi"
            + "|a LimitRange of the namespace",
        "Pod \"x\" is invalid: spec.containers[0].resources.requests: Invalid value: \"128Mi\":"
            + " must be less than or equal to memory limit of 64Mi|a LimitRange of the namespace",
      })
  void refusalNamesItsSource(String message, String source) {
    var start = new Walk(Builds.hello());
    start.cluster().refuse("hello-1-worker", new Creation.Refused(message));
    start.reconcile();

    assertThat(start.failure()).extracting("reason").isEqualTo("PodNotStarted");
    assertThat(start.failure().message()).contains(message, source);
  }

  @Test
  void limitRangeDoesNotChangeSandbox() {
    var auto = new Walk(Builds.hello());
    auto.cluster().refuse(S0, new Creation.Refused("maximum memory usage per Container is 64Mi"));
    auto.reconcile().completePrepare(Plans.builderAndTarget()).reconcile();

    assertThat(auto.failure()).extracting("reason").isEqualTo("PodNotStarted");
    assertThat(auto.cluster().eventReasons()).doesNotContain("SandboxRefused");
  }

  @Test
  void waitsForMissingServiceAccount() {
    var start =
        new Walk(
            Builds.hello("source: {inline: {dockerfile: FROM x}}\nserviceAccountName: builder"));
    start
        .cluster()
        .refuse("hello-1-worker", new Creation.Refused("serviceaccount \"builder\" not found"));
    start.reconcile();
    assertThat(start.condition("Ready")).isEqualTo("Unknown ServiceAccountNotFound");

    start.after(Duration.ofMinutes(6));
    assertThat(start.failure()).extracting("reason").isEqualTo("ServiceAccountNotFound");
    assertThat(start.failure().message()).contains("spec.serviceAccountName");
  }

  @Test
  void createdServiceAccountContinuesBuild() {
    var start = new Walk(Builds.hello());
    start
        .cluster()
        .refuse("hello-1-worker", new Creation.Refused("serviceaccount \"default\" not found"));
    start.reconcile();
    start.cluster().accept("hello-1-worker");
    start.after(Duration.ofSeconds(3));

    assertThat(start.cluster().names()).contains("hello-1-worker");
  }

  @Test
  void waitsForUnavailableWebhook() {
    var start = new Walk(Builds.hello());
    start
        .cluster()
        .refuse("hello-1-worker", new Creation.Deferred("failed calling webhook \"a.b\": refused"));
    start.reconcile();
    assertThat(start.condition("Ready")).isEqualTo("Unknown AdmissionUnavailable");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "Pod ephemeral local storage usage exceeds the total limit of containers 50Mi. |50Mi"
            + "|spec.stages[builder].resources.limits",
        "Container main exceeded its local ephemeral storage limit \"50Mi\". |50Mi"
            + "|spec.stages[builder].resources.limits",
        "Container istio-proxy exceeded its local ephemeral storage limit \"1Gi\". |1Gi"
            + "|not part of Stagewright",
        "Usage of EmptyDir volume \"cache\" exceeds the limit \"10Mi\". |10Mi|sizeLimit",
      })
  void exceededStorageLimitIsFinal(String message, String limit, String solution) {
    evicted(message);

    assertThat(walk.failure()).extracting("reason").isEqualTo("StorageLimitExceeded");
    assertThat(walk.failure().message()).contains(limit, solution);
    assertThat(walk.cluster().names()).doesNotContain(S0 + "-2");
  }

  @Test
  void evictionByNodeIsRetried() {
    evicted(
        "The node was low on resource: ephemeral-storage. Threshold quantity: 1Gi, available:"
            + " 900Mi. Container main was using 100Mi, request is 0, has larger consumption of"
            + " ephemeral-storage. ");

    assertThat(walk.cluster().names()).contains(S0 + "-2");
  }

  private void evicted(String message) {
    walk.cluster()
        .requirePod(S0)
        .setStatus(
            new PodStatusBuilder()
                .withPhase("Failed")
                .withReason("Evicted")
                .withMessage(message)
                .build());
    walk.reconcile();
  }
}
