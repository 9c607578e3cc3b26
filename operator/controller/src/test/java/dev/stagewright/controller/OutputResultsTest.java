package dev.stagewright.controller;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stagewright.api.v1alpha1.BuildPhase;
import dev.stagewright.api.v1alpha1.ScanStatus;
import dev.stagewright.controller.cluster.Cluster.Creation;
import dev.stagewright.controller.support.Builds;
import dev.stagewright.controller.support.Plans;
import dev.stagewright.controller.support.Walk;
import dev.stagewright.layers.oci.Digest;
import dev.stagewright.protocol.Failure;
import dev.stagewright.protocol.FailureReason;
import dev.stagewright.protocol.Json;
import dev.stagewright.protocol.Phase;
import dev.stagewright.protocol.ScanResult;
import dev.stagewright.protocol.Termination;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** The results of a pushed image, and of an image that the scanner rejected. */
class OutputResultsTest {
  private static final String RECORD = "deployed-image";
  private static final Digest DIGEST = Digest.of(new byte[0]);
  private static final ScanResult SCAN =
      new ScanResult(
          "Success",
          Optional.of("High"),
          Map.of("High", 2),
          1,
          Optional.of("Trivy v0.65.0"),
          Optional.of("https://harbor.example.com/report"),
          Optional.empty());

  private final Walk walk =
      Walk.prepared(
              Builds.hello(
                  """
                  output:
                    image: registry.example.com/team/hello:1
                    configMap: {name: deployed-image}
                  source: {configMap: {name: c}}
                  """),
              Plans.builderAndTarget())
          .completeStage("hello-1-s0", "s0")
          .reconcile()
          .completeStage("hello-1-s1", "s1")
          .reconcile();

  @Test
  void writesImageToConfigMap() {
    walk.completePublish("hello-1-worker/publish").reconcile();

    var written = walk.cluster().configMap("team", RECORD).orElseThrow();
    assertThat(written.getData())
        .isEqualTo(
            Map.of(
                "image",
                "registry.example.com/team/hello@" + DIGEST,
                "repository",
                "registry.example.com/team/hello",
                "tag",
                "1",
                "digest",
                DIGEST.toString()));
    assertThat(written.getMetadata().getOwnerReferences()).isEmpty();
    assertThat(walk.status().image())
        .isNotNull()
        .extracting("pinned", "references")
        .containsExactly(
            "registry.example.com/team/hello@" + DIGEST,
            List.of("registry.example.com/team/hello:1"));
  }

  @Test
  void refusedConfigMapFailsBuildAfterPush() {
    walk.cluster().refuse(RECORD, new Creation.Refused("field is immutable when `immutable`"));
    walk.completePublish("hello-1-worker/publish").reconcile();

    assertThat(walk.failure())
        .extracting("reason", "message")
        .containsExactly(
            "InvalidRequest",
            "spec.output.configMap: the image was pushed, but its reference was not written to the"
                + " ConfigMap deployed-image: field is immutable when `immutable`");
  }

  @Test
  void waitsForConfigMapQuota() {
    walk.cluster().refuse(RECORD, new Creation.QuotaExceeded("exceeded quota: few"));
    walk.completePublish("hello-1-worker/publish").reconcile();
    assertThat(walk.status().phase()).isEqualTo(BuildPhase.Pushing);
    assertThat(walk.status().conditions().getFirst().message()).contains("exceeded quota: few");

    walk.cluster().accept(RECORD);
    walk.reconcile();
    assertThat(walk.status().phase()).isEqualTo(BuildPhase.Succeeded);
  }

  @Test
  void statusContainsScanOfRejectedImage() {
    var failure = Failure.of(FailureReason.VulnerabilitiesFound, "2 High");
    walk.end(
            "hello-1-worker/publish",
            Phase.PUBLISH.exitCode(failure.reason()),
            "Error",
            Json.write(new Termination.Failed(failure, Optional.of(SCAN))))
        .reconcile();

    assertThat(walk.failure()).extracting("reason").isEqualTo("VulnerabilitiesFound");
    assertThat(walk.status().image()).isNull();
    assertThat(walk.status().scan())
        .isEqualTo(
            new ScanStatus(
                "Success",
                "High",
                Map.of("High", 2),
                1,
                "Trivy v0.65.0",
                "https://harbor.example.com/report",
                null));
  }
}
