package dev.stagewright.controller;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stagewright.api.v1alpha1.BuildPhase;
import dev.stagewright.api.v1alpha1.CacheMountsStatus;
import dev.stagewright.api.v1alpha1.CacheMountsStatus.Reason;
import dev.stagewright.api.v1alpha1.CacheMountsStatus.Storage;
import dev.stagewright.api.v1alpha1.Workspace.AccessMode;
import dev.stagewright.controller.cluster.Cluster.Creation;
import dev.stagewright.controller.cluster.Cluster.Warning;
import dev.stagewright.controller.support.Builds;
import dev.stagewright.controller.support.Plans;
import dev.stagewright.controller.support.Walk;
import dev.stagewright.protocol.BuildPlan;
import dev.stagewright.protocol.RunMount;
import io.fabric8.kubernetes.api.model.PersistentVolumeClaim;
import io.fabric8.kubernetes.api.model.PersistentVolumeClaimStatusBuilder;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodAffinityTerm;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The storage of cache mounts: the claim that the operator provides, and the workspace. */
class CacheMountsTest {
  private static final String CLAIM = "stagewright-cache-mounts";
  private static final String SOURCE = "source: {inline: {dockerfile: FROM x}}\n";
  private static final String STAGE = "hello-1-s0";
  private static final RunMount CACHE =
      new RunMount.Cache(
          "m2", Optional.empty(), "/", "/m2", false, RunMount.Sharing.SHARED, Optional.empty());
  private static final BuildPlan WITH_CACHES =
      Plans.of(
          Plans.withMounts(Plans.stage("s0", "build", Plans.image("maven")), CACHE),
          Plans.stage("s1", "1", Plans.image("debian"), "s0"));

  private static Walk walk(String spec, BuildPlan plan, AccessMode mode) {
    return new Walk(Builds.hello(SOURCE + spec), Builds.configWithCacheClaim(mode))
        .reconcile()
        .completePrepare(plan);
  }

  private static Walk walk() {
    return walk("", WITH_CACHES, AccessMode.ReadWriteOnce);
  }

  private static PersistentVolumeClaim claim(Walk walk) {
    return walk.cluster().claim("team", CLAIM).orElseThrow();
  }

  private static String storage(Pod pod) {
    return pod.getSpec().getVolumes().stream()
        .filter(volume -> volume.getName().equals("cache"))
        .map(volume -> volume.getPersistentVolumeClaim().getClaimName())
        .findFirst()
        .orElse("workspace");
  }

  private static CacheMountsStatus status(Walk walk) {
    return Optional.ofNullable(walk.status().cacheMounts()).orElseThrow();
  }

  @Test
  void claimOfTheNamespaceIsCreatedForTheFirstStageWithACacheMount() {
    var walk = walk();
    assertThat(walk.cluster().names()).doesNotContain(CLAIM);
    walk.reconcile();

    assertThat(walk.cluster().created()).containsSubsequence(CLAIM, STAGE);
    assertThat(claim(walk).getMetadata().getOwnerReferences()).isEmpty();
    assertThat(claim(walk).getMetadata().getLabels())
        .containsOnly(
            Map.entry("app.kubernetes.io/managed-by", "stagewright"),
            Map.entry("app.kubernetes.io/component", "cache-mounts"));
    assertThat(claim(walk).getSpec().getStorageClassName()).isEqualTo("fast");
    assertThat(claim(walk).getSpec().getAccessModes()).containsExactly("ReadWriteOnce");
    var pod = walk.cluster().requirePod(STAGE);
    assertThat(storage(pod)).isEqualTo(CLAIM);
    assertThat(pod.getSpec().getContainers().getFirst().getCommand())
        .containsSubsequence("--cache-limit", Long.toString(8L << 30));
    assertThat(status(walk))
        .isEqualTo(
            new CacheMountsStatus(
                Storage.Claim,
                CLAIM,
                Reason.Configured,
                "the configuration of the operator provides the claim for the namespace"));
    walk.reconcile().assertSettled();
  }

  @Test
  void nothingIsCreatedWithoutCacheMounts() {
    var walk = walk("", Plans.builderAndTarget(), AccessMode.ReadWriteOnce).reconcile();
    assertThat(walk.cluster().names()).doesNotContain(CLAIM);
    assertThat(walk.status().cacheMounts()).isNull();
  }

  @Test
  void claimOutlastsTheImageBuild() {
    var walk = walk().reconcile();
    walk.change(Builds.spec(SOURCE + "timeout: 2h")).reconcile();
    assertThat(walk.cluster().names()).contains(CLAIM).doesNotContain(STAGE);
  }

  @Test
  void workspaceIsUsedWithoutConfiguration() {
    var walk = Walk.prepared(Builds.hello(), WITH_CACHES);
    assertThat(storage(walk.cluster().requirePod(STAGE))).isEqualTo("workspace");
    assertThat(status(walk).reason()).isEqualTo(Reason.NotConfigured);
  }

  @Test
  void claimOfTheSpecTakesPrecedence() {
    var spec = "cache: {mounts: {claimName: own, sizeLimit: 1Gi, scope: Build}}";
    var walk = walk(spec, WITH_CACHES, AccessMode.ReadWriteOnce).reconcile();
    var pod = walk.cluster().requirePod(STAGE);
    assertThat(storage(pod)).isEqualTo("own");
    assertThat(pod.getSpec().getContainers().getFirst().getCommand())
        .containsSubsequence("--cache-scope", "hello", "--cache-limit", "1073741824");
    assertThat(walk.cluster().names()).doesNotContain(CLAIM);
    assertThat(status(walk)).extracting("claimName", "reason").contains("own", Reason.Requested);
  }

  @Test
  void noScopeMeansTheWorkspace() {
    var walk = walk("cache: {mounts: {scope: None}}", WITH_CACHES, AccessMode.ReadWriteOnce);
    walk.reconcile();
    assertThat(storage(walk.cluster().requirePod(STAGE))).isEqualTo("workspace");
    assertThat(status(walk))
        .extracting("storage", "reason")
        .containsExactly(Storage.Workspace, Reason.Requested);
  }

  @ParameterizedTest
  @ValueSource(strings = {"1Gi, 1073741824", "100Gi, 8589934592"})
  void smallerLimitApplies(String limits) {
    var limit = limits.split(", ", -1);
    var spec = "cache: {mounts: {sizeLimit: " + limit[0] + "}}";
    var walk = walk(spec, WITH_CACHES, AccessMode.ReadWriteOnce).reconcile();
    assertThat(walk.cluster().requirePod(STAGE).getSpec().getContainers().getFirst().getCommand())
        .containsSubsequence("--cache-limit", limit[1]);
  }

  @Test
  void refusedClaimDoesNotFailTheBuild() {
    var walk = walk();
    walk.cluster().refuse(CLAIM, new Creation.QuotaExceeded("exceeded quota: storage"));
    walk.reconcile();
    assertThat(walk.cluster().names()).doesNotContain(STAGE);
    assertThat(walk.status().phase()).isEqualTo(BuildPhase.Building);
    assertThat(walk.status().attempts()).doesNotContainKey("s0");
    walk.after(Duration.ofSeconds(1));

    assertThat(storage(walk.cluster().requirePod(STAGE))).isEqualTo("workspace");
    assertThat(status(walk))
        .isEqualTo(
            new CacheMountsStatus(
                Storage.Workspace,
                null,
                Reason.ClaimUnavailable,
                "the PersistentVolumeClaim stagewright-cache-mounts cannot be used: exceeded quota:"
                    + " storage"));
    assertThat(walk.cluster().events())
        .containsOnlyOnce(
            "!CacheClaimUnavailable: cache mounts use the workspace and last for this run only: "
                + status(walk).message());
    walk.cluster().accept(CLAIM);
    walk.reconcile().assertSettled();
  }

  @Test
  void podIsReplacedIfTheClaimIsNotBoundForAMinute() {
    var walk = walk().reconcile();
    claim(walk).setStatus(new PersistentVolumeClaimStatusBuilder().withPhase("Pending").build());
    walk.cluster().warn(CLAIM, new Warning("ProvisioningFailed", "no class fast"));
    walk.unschedulable(STAGE).after(Duration.ofSeconds(20));
    assertThat(walk.stage("s0"))
        .extracting("reason", "message")
        .containsExactly(
            "CacheClaimUnavailable",
            "waits for the PersistentVolumeClaim stagewright-cache-mounts of the cache mounts: it"
                + " is not bound: ProvisioningFailed: no class fast");

    walk.after(Duration.ofSeconds(41));
    assertThat(walk.cluster().names()).doesNotContain(STAGE);
    assertThat(storage(walk.cluster().requirePod(STAGE + "-2"))).isEqualTo("workspace");
    assertThat(status(walk).reason()).isEqualTo(Reason.ClaimUnavailable);
    assertThat(walk.after(Duration.ofMinutes(2)).status().attempts()).containsEntry("s0", 2);
  }

  @Test
  void laterRunDoesNotWaitForAClaimThatIsNotBound() {
    var earlier = walk().reconcile();
    var claim = claim(earlier);
    claim.setStatus(new PersistentVolumeClaimStatusBuilder().withPhase("Pending").build());
    claim.getMetadata().setCreationTimestamp("2020-01-01T00:00:00Z");
    var walk = walk();
    walk.cluster().put(claim);
    walk.cluster().warn(CLAIM, new Warning("ProvisioningFailed", "no class fast"));
    walk.reconcile();
    assertThat(storage(walk.cluster().requirePod(STAGE))).isEqualTo("workspace");
    assertThat(status(walk).message()).contains("ProvisioningFailed: no class fast");
  }

  @Test
  void claimThatIsBeingDeletedIsNotUsed() {
    var claim = claim(walk().reconcile());
    claim.getMetadata().setDeletionTimestamp("2026-01-01T00:00:00Z");
    var walk = walk();
    walk.cluster().put(claim);
    walk.reconcile();
    assertThat(storage(walk.cluster().requirePod(STAGE))).isEqualTo("workspace");
    assertThat(status(walk).message()).endsWith("it is being deleted");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "0/2 nodes are available: 1 Insufficient cpu, 1 node(s) didn't match pod affinity rules.",
        "0/2 nodes are available: 2 node(s) had volume node affinity conflict.",
        "persistentvolumeclaim \"stagewright-cache-mounts\" not found"
      })
  void podIsReplacedIfItCannotBeWhereTheClaimIs(String message) {
    var walk = walk().reconcile();
    unschedulable(walk, message);
    walk.after(Duration.ofSeconds(20));
    assertThat(walk.stage("s0").reason()).isEqualTo("CacheClaimUnavailable");
    assertThat(walk.stage("s0").message())
        .startsWith("waits for the PersistentVolumeClaim stagewright-cache-mounts")
        .endsWith(message);
    walk.after(Duration.ofSeconds(41));
    assertThat(storage(walk.cluster().requirePod(STAGE + "-2"))).isEqualTo("workspace");
  }

  private static void unschedulable(Walk walk, String message) {
    walk.unschedulable(STAGE);
    walk.cluster().requirePod(STAGE).getStatus().getConditions().getFirst().setMessage(message);
  }

  @Test
  void podIsReplacedIfTheVolumeCannotBeMounted() {
    var walk = walk().reconcile();
    claim(walk).getSpec().setVolumeName("pvc-1234");
    walk.schedule(STAGE);
    var warning = "Multi-Attach error for volume \"pvc-1234\": in use by another node";
    walk.cluster().warn(STAGE, new Warning("FailedAttachVolume", warning));
    walk.after(Duration.ofSeconds(20));
    assertThat(walk.stage("s0").message()).endsWith(warning);
    walk.after(Duration.ofSeconds(41));
    assertThat(storage(walk.cluster().requirePod(STAGE + "-2"))).isEqualTo("workspace");
  }

  @Test
  void podWaitsForRoomOfOtherKinds() {
    var walk = walk().reconcile();
    unschedulable(walk, "0/1 nodes are available: 1 Insufficient cpu.");
    walk.after(Duration.ofMinutes(5));
    assertThat(walk.stage("s0").reason()).isEqualTo("Unschedulable");
    assertThat(walk.cluster().names()).contains(STAGE);
  }

  @Test
  void podWaitsForTheClaimOfTheSpec() {
    var spec = "cache: {mounts: {claimName: own}}";
    var walk = walk(spec, WITH_CACHES, AccessMode.ReadWriteOnce).reconcile();
    unschedulable(walk, "1 node(s) didn't match pod affinity rules");
    walk.after(Duration.ofMinutes(5));
    assertThat(walk.cluster().names()).contains(STAGE);
    assertThat(walk.stage("s0"))
        .extracting("reason", "message")
        .containsExactly(
            "Unschedulable",
            "waits for the PersistentVolumeClaim own of the cache mounts: only one node at a time"
                + " can mount it, and that node, where other Pods use it, has no room: 1 node(s)"
                + " didn't match pod affinity rules");
  }

  @Test
  void podsWithAClaimOfOneNodeAreOnTheSameNode() {
    var walk = walk().reconcile();
    var stage = walk.cluster().requirePod(STAGE);
    assertThat(stage.getMetadata().getLabels()).containsEntry("stagewright.dev/cache-claim", CLAIM);
    assertThat(required(stage))
        .singleElement()
        .satisfies(term -> {
          assertThat(term.getTopologyKey()).isEqualTo("kubernetes.io/hostname");
          assertThat(term.getLabelSelector().getMatchLabels())
              .containsExactly(Map.entry("stagewright.dev/cache-claim", CLAIM));
        });
    walk.schedule(STAGE).reconcile();
    assertThat(required(walk.cluster().requirePod("hello-1-s1"))).isEmpty();
  }

  private static List<PodAffinityTerm> required(Pod pod) {
    return Optional.ofNullable(pod.getSpec().getAffinity())
        .flatMap(affinity -> Optional.ofNullable(affinity.getPodAffinity()))
        .map(affinity -> affinity.getRequiredDuringSchedulingIgnoredDuringExecution())
        .orElse(List.of());
  }

  /** The worker Pod has the claim of the spec, so it also blocks other nodes. */
  @Test
  void allPodsOfARunWithAClaimOfTheSpecAreOnItsNode() {
    var claim = claim(walk().reconcile());
    claim.getMetadata().setName("own");
    var build = Builds.hello(SOURCE + "cache: {mounts: {claimName: own}}");
    var walk = new Walk(build);
    walk.cluster().put(claim);
    walk.reconcile().completePrepare(WITH_CACHES).reconcile();
    for (var pod : List.of("hello-1-worker", STAGE)) {
      assertThat(required(walk.cluster().requirePod(pod)))
          .singleElement()
          .extracting(term -> term.getLabelSelector().getMatchLabels())
          .isEqualTo(Map.of("stagewright.dev/cache-claim", "own"));
    }
    assertThat(walk.status().placement()).extracting("mode").hasToString("OneNode");
  }

  @Test
  void podsWithAClaimOfAllNodesAreOnAnyNode() {
    var walk = walk("", WITH_CACHES, AccessMode.ReadWriteMany).reconcile();
    assertThat(required(walk.cluster().requirePod(STAGE))).isEmpty();
  }

  @Test
  void workerPodPrefersTheNodeOfTheClaim() {
    var claim = claim(walk().reconcile());
    claim.getMetadata().setAnnotations(Map.of("volume.kubernetes.io/selected-node", "node-7"));
    var walk =
        new Walk(Builds.hello(SOURCE), Builds.configWithCacheClaim(AccessMode.ReadWriteOnce));
    walk.cluster().put(claim);
    walk.reconcile();

    var worker = walk.cluster().requirePod("hello-1-worker");
    assertThat(storage(worker)).isEqualTo("workspace");
    var affinity = worker.getSpec().getAffinity();
    assertThat(affinity.getPodAffinity().getPreferredDuringSchedulingIgnoredDuringExecution())
        .singleElement()
        .extracting(term -> term.getPodAffinityTerm().getLabelSelector().getMatchLabels())
        .isEqualTo(Map.of("stagewright.dev/cache-claim", CLAIM));
    assertThat(affinity.getNodeAffinity().getPreferredDuringSchedulingIgnoredDuringExecution())
        .singleElement()
        .extracting(term -> term.getPreference().getMatchFields().getFirst().getValues())
        .isEqualTo(List.of("node-7"));
  }
}
