package dev.stagewright.api.v1alpha1;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.Quantity;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ImageBuildSerializationTest {
  private static final String MINIMAL =
      """
      apiVersion: stagewright.dev/v1alpha1
      kind: ImageBuild
      metadata: {name: hello}
      spec:
        source:
          git: {url: "https://git.example.com/team/hello.git"}
        output:
          image: harbor.example.com/team/hello:1.0
      """;

  private final KubernetesSerialization serialization = new KubernetesSerialization();

  @Test
  void typesHaveTheDefaultsOfTheSchema() {
    var spec = serialization.unmarshal(MINIMAL, ImageBuild.class).getSpec();
    var schema =
        CrdGeneration.property(
            CrdGeneration.generate()
                .getSpec()
                .getVersions()
                .getFirst()
                .getSchema()
                .getOpenAPIV3Schema(),
            "spec");
    var workspace = CrdGeneration.property(schema, "workspace");

    assertThat(spec.timeout())
        .isEqualTo(CrdGeneration.property(schema, "timeout").getDefault().asText());
    assertThat(spec.workspace().size())
        .isEqualTo(new Quantity(CrdGeneration.property(workspace, "size").getDefault().asText()));
    assertThat(spec.workspace().accessMode().name())
        .isEqualTo(CrdGeneration.property(workspace, "accessMode").getDefault().asText());
    assertThat(spec.output().insecure()).isFalse();
    assertThat(spec.sandbox().name())
        .isEqualTo(CrdGeneration.property(schema, "sandbox").getDefault().asText());
    assertThat(spec.cache().mode().name())
        .isEqualTo(
            CrdGeneration.property(CrdGeneration.property(schema, "cache"), "mode")
                .getDefault()
                .asText());
    assertThat(spec.checks().runnable().name())
        .isEqualTo(
            CrdGeneration.property(CrdGeneration.property(schema, "checks"), "runnable")
                .getDefault()
                .asText());
    var output = CrdGeneration.property(schema, "output");
    assertThat(spec.output().compression().name())
        .isEqualTo(CrdGeneration.property(output, "compression").getDefault().asText());
  }

  @Test
  void elementsOfListsHaveDefaults() {
    var spec =
        serialization
            .unmarshal(
                MINIMAL
                    + """
                        additionalImages:
                          - image: mirror.example.com/team/hello:1.0
                            caBundle: {configMap: {name: ca}}
                      stages:
                        - name: builder
                          volumes: [{mountPath: /data, secret: {name: data}}]
                    """,
                ImageBuild.class)
            .getSpec();

    var mirror = spec.output().additionalImages().getFirst();
    assertThat(mirror.insecure()).isFalse();
    assertThat(mirror.caBundle()).extracting(CertificateSource::key).isEqualTo("ca.crt");
    assertThat(spec.stages().getFirst().volumes().getFirst().readOnly()).isTrue();
  }

  @Test
  void defaultStatusCountsAsAbsent() {
    var build =
        serialization.unmarshal(MINIMAL + "status: {observedGeneration: -1}\n", ImageBuild.class);

    assertThat(build.getStatus()).isNull();
  }

  @Test
  void absentCollectionsAreEmpty() {
    var spec = serialization.unmarshal(MINIMAL, ImageBuild.class).getSpec();
    assertThat(spec.buildArgs()).isEmpty();
    assertThat(spec.imagePullSecrets()).isEmpty();
    assertThat(spec.secrets()).isEmpty();
    assertThat(spec.ssh()).isEmpty();
  }

  @Test
  void serializationRoundTrips() {
    var build = serialization.unmarshal(MINIMAL, ImageBuild.class);
    build.setStatus(
        new ImageBuildStatus(
            3,
            4L,
            new TriggerStatus(TriggerStatus.Type.Rebuild, "nightly"),
            "nightly",
            "2026-11-21T03:00:00Z",
            "main@sha1:abc sha256:def",
            BuildPhase.Failed,
            "1/2",
            List.of(
                new BuildCondition(
                    BuildCondition.ConditionType.Ready,
                    BuildCondition.ConditionStatus.False,
                    3,
                    "2026-11-21T10:00:00Z",
                    "RunFailed",
                    "it failed")),
            "2026-11-21T09:59:00Z",
            "2026-11-21T10:00:00Z",
            "1m",
            new ImageBuildStatus.SourceStatus("abc", null, null, null, null),
            null,
            new ImageBuildStatus.SandboxStatus(
                "inPlace", ImageBuildStatus.SandboxReason.Requested, "requested"),
            List.of(),
            Map.of("prepare", 1),
            null,
            List.of(
                new ImageBuildStatus.Finding("Rule", "text", 1),
                new ImageBuildStatus.Finding(
                    "MissingInterpreter",
                    "text",
                    0,
                    ImageBuildStatus.FindingSeverity.Error,
                    "/app",
                    "no such file or directory",
                    "link statically")),
            new ChecksStatus(
                BuildCondition.ConditionStatus.False,
                1,
                0,
                0,
                900L,
                "41.3",
                new ChecksStatus.Saving(100, "remove it"),
                70),
            new BuildFailure("RunFailed", "s", "RUN x", "Dockerfile", 2, 1, "m", "p", List.of()),
            null,
            null,
            new CacheStatus("harbor.example.com/team/hello/cache", true, 2, 5, "1m12s", 1000),
            new CacheMountsStatus(
                CacheMountsStatus.Storage.Claim,
                "caches",
                CacheMountsStatus.Reason.Requested,
                "requested"),
            List.of()));

    var read = serialization.unmarshal(serialization.asYaml(build), ImageBuild.class);

    assertThat(read.getSpec()).isEqualTo(build.getSpec());
    assertThat(read.getStatus()).isEqualTo(build.getStatus());
  }

  @Test
  void absentFieldsAreNotWritten() {
    var build = serialization.unmarshal(MINIMAL, ImageBuild.class);
    assertThat(serialization.asYaml(build)).doesNotContain("null", "target", "buildArgs", "status");
  }
}
