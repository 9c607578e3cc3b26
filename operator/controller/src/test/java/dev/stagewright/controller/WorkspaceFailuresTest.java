package dev.stagewright.controller;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stagewright.api.v1alpha1.BuildPhase;
import dev.stagewright.controller.cluster.Cluster.Creation;
import dev.stagewright.controller.cluster.Cluster.Warning;
import dev.stagewright.controller.support.Builds;
import dev.stagewright.controller.support.Plans;
import dev.stagewright.controller.support.Walk;
import io.fabric8.kubernetes.api.model.PersistentVolumeClaim;
import io.fabric8.kubernetes.api.model.PersistentVolumeClaimStatusBuilder;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The workspace is not provisioned, or a quota has no room for Pods. */
class WorkspaceFailuresTest {
  private static final String CLAIM = "hello-1-workspace";

  private final Walk walk = new Walk(Builds.hello()).reconcile();

  private PersistentVolumeClaim pendingClaim() {
    var claim = walk.cluster().claim("team", CLAIM).orElseThrow();
    claim.setStatus(new PersistentVolumeClaimStatusBuilder().withPhase("Pending").build());
    return claim;
  }

  @Test
  void reportsErrorOfProvisioner() {
    pendingClaim();
    walk.cluster().warn(CLAIM, new Warning("ProvisioningFailed", "no such class: fast"));
    walk.unschedulable("hello-1-worker").after(Duration.ofSeconds(20));
    assertThat(walk.condition("Ready")).isEqualTo("Unknown WorkspaceNotBound");

    walk.after(Duration.ofMinutes(5));
    assertThat(walk.failure()).extracting("reason").isEqualTo("WorkspaceNotBound");
    assertThat(walk.failure().message()).contains(CLAIM, "no such class: fast");
  }

  @Test
  void silentProvisionerFailsBuildLater() {
    pendingClaim()
        .getMetadata()
        .setAnnotations(Map.of("volume.kubernetes.io/selected-node", "node-1"));
    walk.after(Duration.ofMinutes(6));

    assertThat(walk.failure()).extracting("reason").isEqualTo("WorkspaceNotBound");
  }

  @Test
  void claimMayWaitForScheduling() {
    pendingClaim();
    walk.unschedulable("hello-1-worker").after(Duration.ofMinutes(30));

    assertThat(walk.status().phase()).isEqualTo(BuildPhase.Preparing);
    assertThat(walk.condition("Ready")).isEqualTo("Unknown Unschedulable");
  }

  @Test
  void waitsForQuotaDuringRun() {
    walk.cluster().refuse("hello-1-s0", new Creation.QuotaExceeded("exceeded quota: pods"));
    walk.completePrepare(Plans.builderAndTarget()).reconcile();
    assertThat(walk.status().phase()).isEqualTo(BuildPhase.Building);
    assertThat(walk.stage("s0").reason()).isEqualTo("QuotaExceeded");
    assertThat(walk.status().attempts()).doesNotContainKey("s0");

    walk.after(Duration.ofMinutes(30));
    walk.cluster().accept("hello-1-s0");
    walk.after(Duration.ofSeconds(3));
    assertThat(walk.cluster().names()).contains("hello-1-s0");
  }
}
