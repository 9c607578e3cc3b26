package dev.stagewright.controller;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stagewright.api.v1alpha1.BuildPhase;
import dev.stagewright.api.v1alpha1.ImageBuild;
import dev.stagewright.api.v1alpha1.ScanStatus;
import dev.stagewright.controller.cluster.Cluster.Creation;
import dev.stagewright.controller.run.ConfigMapWriter;
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
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.ConfigMapBuilder;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** The results of a pushed image, and of an image that the scanner rejected. */
class OutputResultsTest {
  private static final String RECORD = "deployed-image";
  private static final String NOT_OURS =
      "the ConfigMap deployed-image exists and was not created by this ImageBuild; set another name,"
          + " or allow this ImageBuild to write it: kubectl annotate configmap deployed-image"
          + " stagewright.dev/imagebuild=hello";
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
      Walk.prepared(build(), Plans.builderAndTarget())
          .completeStage("hello-1-s0", "s0")
          .reconcile()
          .completeStage("hello-1-s1", "s1")
          .reconcile();

  private static ImageBuild build() {
    return Builds.hello(
        """
        output:
          image: registry.example.com/team/hello:1
          configMap: {name: deployed-image}
        source: {configMap: {name: c}}
        """);
  }

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
  void configMapOfSomebodyElseFailsBuildBeforeItStarts() {
    var refused = new Walk(build());
    refused.cluster().put(configMap(Map.of()));

    refused.reconcile();

    assertThat(refused.failure())
        .extracting("reason", "message")
        .containsExactly("ConfigMapExists", "spec.output.configMap: " + NOT_OURS);
    assertThat(refused.cluster().created()).isEmpty();
  }

  @Test
  void configMapOfSomebodyElseThatAppearsDuringTheRunIsNotChanged() {
    var appeared = configMap(Map.of());
    walk.cluster().put(appeared);
    walk.completePublish("hello-1-worker/publish").reconcile();

    assertThat(walk.failure())
        .extracting("reason", "message")
        .containsExactly(
            "ConfigMapExists",
            "spec.output.configMap: the image was pushed, but its reference was not written to the"
                + " ConfigMap deployed-image: "
                + NOT_OURS);
    assertThat(walk.cluster().configMap("team", RECORD)).contains(appeared);
  }

  @Test
  void configMapIsWrittenIfItsOwnerAllowsIt() {
    walk.cluster().put(configMap(Map.of(ConfigMapWriter.ANNOTATION, "hello")));
    walk.completePublish("hello-1-worker/publish").reconcile();

    assertThat(walk.status().phase()).isEqualTo(BuildPhase.Succeeded);
    assertThat(walk.cluster().configMap("team", RECORD).orElseThrow().getData())
        .containsEntry("digest", DIGEST.toString());
  }

  private static ConfigMap configMap(Map<String, String> annotations) {
    return new ConfigMapBuilder()
        .withNewMetadata()
        .withNamespace("team")
        .withName(RECORD)
        .withAnnotations(annotations)
        .endMetadata()
        .addToData("image", "registry.example.com/other")
        .build();
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
