package dev.stagewright.controller.pods;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.stagewright.controller.run.BuildRun;
import dev.stagewright.controller.run.RunInputs;
import dev.stagewright.controller.support.Builds;
import dev.stagewright.controller.support.Plans;
import dev.stagewright.protocol.RunMount;
import dev.stagewright.protocol.SandboxKind;
import dev.stagewright.protocol.StagePlan;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.Volume;
import io.fabric8.kubernetes.api.model.VolumeMount;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** The volumes and the security context of stage Pods. */
class StageVolumesTest {
  private static final String SPEC =
      """
      source: {inline: {dockerfile: FROM x}}
      secrets:
      - {id: npm/token, secret: {name: registry, key: password}}
      - {id: other, secret: {name: other, key: value}}
      ssh: [{id: default, secret: {name: deploy-key}}, {id: github, secret: {name: github-key}}]
      """;
  private static final StagePlan PLAIN = Plans.stage("s0", "0", Plans.image("debian"));

  @Test
  void onlyReferencedSecretsAreMounted() {
    var pod = pod(SPEC, Plans.withMounts(PLAIN, secret("npm/token")), SandboxKind.IN_PLACE);

    assertThat(mountPaths(pod)).contains("/dev/stagewright/inner/private/secrets");
    var projected = volume(pod, "secrets").getProjected();
    assertThat(projected.getDefaultMode()).isEqualTo(0400);
    assertThat(projected.getSources())
        .singleElement()
        .satisfies(source -> {
          assertThat(source.getSecret().getName()).isEqualTo("registry");
          assertThat(source.getSecret().getItems())
              .extracting("key", "path")
              .containsExactly(tuple("password", "npm/token"));
        });
  }

  @Test
  void noSecretsWithoutReferences() {
    var pod = pod(SPEC, Plans.withMounts(PLAIN), SandboxKind.IN_PLACE);

    assertThat(pod.getSpec().getVolumes())
        .noneMatch(volume -> volume.getProjected() != null || volume.getSecret() != null);
  }

  @Test
  void onlyReferencedSshKeysAreMounted() {
    var ssh = new RunMount.Ssh("github", "/run/agent", true, 0600, 0, 0);
    var pod = pod(SPEC, Plans.withMounts(PLAIN, ssh), SandboxKind.IN_PLACE);

    assertThat(mountPaths(pod))
        .contains("/dev/stagewright/inner/private/ssh/github")
        .doesNotContain("/dev/stagewright/inner/private/ssh/default");
    assertThat(volume(pod, "ssh-1").getSecret().getSecretName()).isEqualTo("github-key");
  }

  @Test
  void cachesAreInTheWorkspaceOrTheCacheClaim() {
    var stage = Plans.withMounts(PLAIN, cache());

    assertThat(
            mount(pod(SPEC, stage, SandboxKind.IN_PLACE), "/dev/stagewright/inner/private/cache"))
        .extracting("name", "subPath", "readOnly")
        .containsExactly("workspace", "cache", false);
    var claimed = pod(SPEC + "cache: {mounts: {claimName: caches}}\n", stage, SandboxKind.IN_PLACE);
    assertThat(mount(claimed, "/dev/stagewright/inner/private/cache"))
        .extracting("name", "subPath", "readOnly")
        .containsExactly("cache", "stagewright/cache", false);
    assertThat(volume(claimed, "cache").getPersistentVolumeClaim().getClaimName())
        .isEqualTo("caches");
  }

  @Test
  void noCachesWithoutCacheMounts() {
    var pod =
        pod(
            SPEC + "cache: {mounts: {claimName: c}}\n",
            Plans.withMounts(PLAIN),
            SandboxKind.IN_PLACE);

    assertThat(mountPaths(pod)).doesNotContain("/dev/stagewright/inner/private/cache");
  }

  @Test
  void baseImageIsMountedInEverySandbox() {
    for (var sandbox : SandboxKind.ofPods()) {
      assertThat(mountPaths(pod(SPEC, PLAIN, sandbox)))
          .contains("/dev/stagewright/inner/private/base");
    }
  }

  @Test
  void userNamespaceNeedsSysAdminAndNoAppArmorProfile() {
    var pod = pod(SPEC, PLAIN, SandboxKind.USER_NAMESPACE);

    assertThat(pod.getSpec().getHostUsers()).isFalse();
    assertThat(pod.getSpec().getSecurityContext().getAppArmorProfile().getType())
        .isEqualTo("Unconfined");
    assertThat(pod.getSpec().getSecurityContext().getSeccompProfile().getType())
        .isEqualTo("RuntimeDefault");
    var main = pod.getSpec().getContainers().getFirst();
    assertThat(main.getSecurityContext().getCapabilities().getAdd()).containsExactly("SYS_ADMIN");
    assertThat(main.getSecurityContext().getPrivileged()).isNull();
    assertThat(main.getSecurityContext().getProcMount()).isEqualTo("Unmasked");
    assertThat(main.getCommand()).containsSubsequence("s0", "--sandbox", "userNamespace");
    assertThat(pod.getMetadata().getLabels())
        .containsEntry("stagewright.dev/sandbox", "userNamespace");
  }

  @Test
  void insecureRunIsPrivileged() {
    var privileged = pod(SPEC, Plans.privileged(PLAIN), SandboxKind.IN_PLACE);

    assertThat(privileged.getSpec().getContainers().getFirst().getSecurityContext().getPrivileged())
        .isTrue();
  }

  private static RunMount secret(String id) {
    return new RunMount.Secret(id, Optional.empty(), Optional.of("TOKEN"), true, 0400, 0, 0);
  }

  private static RunMount cache() {
    return new RunMount.Cache(
        "m2", Optional.empty(), "/", "/root/.m2", false, RunMount.Sharing.SHARED, Optional.empty());
  }

  private static Pod pod(String spec, StagePlan stage, SandboxKind sandbox) {
    var build = Builds.hello(spec);
    var context =
        new PodContext(
            BuildRun.of(RunInputs.of(build), Instant.EPOCH),
            build.getSpec(),
            Builds.IMAGE,
            sandbox,
            true,
            Optional.empty());
    return new StagePod(context, Plans.of(stage), stage).pod(1, StagePod.Limits.NONE);
  }

  private static Volume volume(Pod pod, String name) {
    return pod.getSpec().getVolumes().stream()
        .filter(volume -> volume.getName().equals(name))
        .findFirst()
        .orElseThrow();
  }

  private static VolumeMount mount(Pod pod, String path) {
    return pod.getSpec().getContainers().getFirst().getVolumeMounts().stream()
        .filter(mount -> mount.getMountPath().equals(path))
        .findFirst()
        .orElseThrow();
  }

  private static List<String> mountPaths(Pod pod) {
    return pod.getSpec().getContainers().getFirst().getVolumeMounts().stream()
        .map(VolumeMount::getMountPath)
        .toList();
  }
}
