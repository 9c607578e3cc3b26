package dev.stagewright.controller.flux;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stagewright.api.v1alpha1.FluxSource.Kind;
import dev.stagewright.controller.run.FluxArtifact;
import dev.stagewright.controller.run.FluxArtifact.Lookup;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.client.utils.Serialization;
import org.junit.jupiter.api.Test;

/** The objects have the shape that the API reference of Flux describes. */
class FluxObjectTest {
  private static final FluxReference APP = new FluxReference(Kind.GitRepository, "team", "app");

  @Test
  void readsTheArtifact() {
    assertThat(
            artifact(
                """
                spec: {url: "https://user:secret@git.example.com/app", interval: 1m}
                status:
                  observedGeneration: 1
                  artifact:
                    path: gitrepository/team/app/4fd2a1c0.tar.gz
                    url: http://source-controller.flux-system.svc.cluster.local./gitrepository/team/app/4fd2a1c0.tar.gz
                    revision: main@sha1:4fd2a1c0de4fd2a1c0de4fd2a1c0de4fd2a1c0de
                    digest: sha256:2cf24dba5fb0a30e26e83b2ac5b9e29e1b161e5c1fa7425e73043362938b9824
                    lastUpdateTime: "2026-01-01T10:00:00Z"
                    size: 1000
                """))
        .isEqualTo(
            new Lookup.Found(
                new FluxArtifact(
                    "http://source-controller.flux-system.svc.cluster.local./gitrepository/team/app/4fd2a1c0.tar.gz",
                    "sha256:2cf24dba5fb0a30e26e83b2ac5b9e29e1b161e5c1fa7425e73043362938b9824",
                    "main@sha1:4fd2a1c0de4fd2a1c0de4fd2a1c0de4fd2a1c0de",
                    "https://git.example.com/app")));
  }

  @Test
  void namesTheOriginOfABucket() {
    assertThat(
            artifact(
                """
                spec: {endpoint: minio.example.com, bucketName: code}
                status: {artifact: {url: "http://x/a.tar.gz", digest: "sha256:abc", revision: "sha256:abc"}}
                """))
        .isEqualTo(
            new Lookup.Found(
                new FluxArtifact(
                    "http://x/a.tar.gz", "sha256:abc", "sha256:abc", "minio.example.com/code")));
  }

  @Test
  void explainsWhyThereIsNoArtifact() {
    assertThat(
            artifact(
                """
                spec: {url: "https://git.example.com/app"}
                status:
                  conditions:
                  - {type: Reconciling, status: "True", reason: Progressing, message: x}
                  - {type: Ready, status: "False", reason: GitOperationFailed, message: "failed to checkout"}
                """))
        .isEqualTo(
            new Lookup.Missing(
                "GitRepository app has no artifact yet: GitOperationFailed: failed to checkout"));
    assertThat(artifact("spec: {suspend: true}"))
        .isEqualTo(new Lookup.Missing("GitRepository app has no artifact yet; it is suspended"));
    assertThat(artifact("spec: {}"))
        .isEqualTo(
            new Lookup.Missing(
                "GitRepository app has no artifact yet; check that Flux is running"));
    assertThat(artifact("status: {artifact: {url: \"http://x\", checksum: abc}}"))
        .isInstanceOf(Lookup.Missing.class);
  }

  private static Lookup artifact(String yaml) {
    var object =
        Serialization.unmarshal(
            "apiVersion: source.toolkit.fluxcd.io/v1\nkind: GitRepository\n" + yaml,
            GenericKubernetesResource.class);
    return FluxObject.of(APP, object).artifact();
  }
}
