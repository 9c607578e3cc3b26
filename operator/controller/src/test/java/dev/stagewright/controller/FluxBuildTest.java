package dev.stagewright.controller;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stagewright.api.v1alpha1.BuildPhase;
import dev.stagewright.api.v1alpha1.TriggerStatus;
import dev.stagewright.controller.run.FluxArtifact;
import dev.stagewright.controller.run.FluxArtifact.Lookup;
import dev.stagewright.controller.support.Builds;
import dev.stagewright.controller.support.Walk;
import java.time.Duration;
import java.util.Objects;
import org.junit.jupiter.api.Test;

class FluxBuildTest {
  private final Walk walk =
      new Walk(Builds.hello("source: {flux: {kind: GitRepository, name: app}}"));

  @Test
  void waitsForTheArtifactWithoutPods() {
    walk.artifact(new Lookup.Missing("GitRepository app has no artifact yet"));
    walk.reconcile().after(Duration.ofHours(3));

    assertThat(walk.status().phase()).isEqualTo(BuildPhase.Queued);
    assertThat(walk.condition("Ready")).isEqualTo("Unknown ArtifactNotReady");
    assertThat(walk.status().conditions().getFirst().message())
        .isEqualTo("spec.source.flux: GitRepository app has no artifact yet");
    assertThat(walk.status().startTime()).isNull();
    assertThat(walk.status().observedArtifact()).isNull();
    assertThat(walk.cluster().configMap("team", "hello-1-request")).isEmpty();
  }

  @Test
  void theFirstArtifactDoesNotStartAnotherRun() {
    walk.artifact(new Lookup.Missing("GitRepository app has no artifact yet"));
    walk.reconcile();
    walk.artifact(revision("1"));
    walk.reconcile();

    assertThat(walk.status().runNumber()).isEqualTo(1);
    assertThat(walk.status().phase()).isEqualTo(BuildPhase.Preparing);
    assertThat(walk.status().observedArtifact()).isEqualTo("main@sha1:1 sha256:1");
    assertThat(request(1)).contains("http://source-controller/1.tar.gz", "sha256:1");
  }

  @Test
  void aNewRevisionStartsARun() {
    walk.artifact(revision("1"));
    walk.reconcile();
    walk.artifact(revision("2"));
    walk.reconcile();

    assertThat(walk.status().runNumber()).isEqualTo(2);
    assertThat(walk.status().observedArtifact()).isEqualTo("main@sha1:2 sha256:2");
    assertThat(walk.status().trigger())
        .isEqualTo(
            new TriggerStatus(
                TriggerStatus.Type.Artifact, "revision main@sha1:2 of the Flux source"));
    assertThat(request(2)).contains("http://source-controller/2.tar.gz");
  }

  @Test
  void aRunKeepsItsArtifactIfTheSourceIsDeleted() {
    walk.artifact(revision("1"));
    walk.reconcile();
    walk.artifact(new Lookup.Missing("the GitRepository app does not exist"));
    walk.reconcile();

    assertThat(walk.status().runNumber()).isEqualTo(1);
    assertThat(walk.status().phase()).isEqualTo(BuildPhase.Preparing);
    assertThat(walk.status().observedArtifact()).isEqualTo("main@sha1:1 sha256:1");
  }

  @Test
  void aSuspendedBuildIgnoresArtifacts() {
    walk.artifact(revision("1"));
    walk.reconcile();
    walk.change(Builds.spec("source: {flux: {kind: GitRepository, name: app}}\nsuspend: true"));
    walk.reconcile();
    walk.artifact(revision("2"));
    walk.reconcile();

    assertThat(walk.status().phase()).isEqualTo(BuildPhase.Cancelled);
    assertThat(walk.status().runNumber()).isEqualTo(2);
  }

  private static Lookup revision(String number) {
    return new Lookup.Found(
        new FluxArtifact(
            "http://source-controller/" + number + ".tar.gz",
            "sha256:" + number,
            "main@sha1:" + number,
            "https://git.example.com/app"));
  }

  private String request(long run) {
    var map = walk.cluster().configMap("team", "hello-" + run + "-request").orElseThrow();
    return Objects.requireNonNull(map.getData().get("request.json"));
  }
}
