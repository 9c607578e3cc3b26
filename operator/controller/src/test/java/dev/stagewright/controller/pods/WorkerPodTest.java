package dev.stagewright.controller.pods;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stagewright.controller.config.RegistryConfig;
import dev.stagewright.controller.run.BuildRun;
import dev.stagewright.controller.support.Builds;
import dev.stagewright.protocol.RuntimeCommand;
import dev.stagewright.protocol.SandboxKind;
import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.VolumeMount;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class WorkerPodTest {
  private static final String GIT =
      """
      source: {git: {url: "https://git.example.com/x", credentials: {name: login}}}
      imagePullSecrets: [{name: pull-a}, {name: pull-b}]
      timeout: 10m
      """;

  @Test
  void prepareMountsCredentialsOfSourceAndBaseImages() {
    var pod = workers(GIT).prepare(1);

    assertThat(secrets(pod))
        .containsExactlyInAnyOrderEntriesOf(
            Map.of(
                "/dev/stagewright/inner/private/git/login", "login",
                "/dev/stagewright/inner/private/registry/pull-0/pull-a", "pull-a",
                "/dev/stagewright/inner/private/registry/pull-1/pull-b", "pull-b"));
    assertThat(main(pod).getCommand()).isEqualTo(RuntimeCommand.prepare());
  }

  @Test
  void pushMountsCredentialsOfOutputAndBaseImages() {
    var pod = workers(GIT).push(1);

    assertThat(secrets(pod))
        .containsExactlyInAnyOrderEntriesOf(
            Map.of(
                "/dev/stagewright/inner/private/registry/destination-0/push", "push",
                "/dev/stagewright/inner/private/registry/pull-0/pull-a", "pull-a",
                "/dev/stagewright/inner/private/registry/pull-1/pull-b", "pull-b"));
  }

  @Test
  void prepareAndPushMountPullSecretsOfTheServiceAccount() {
    var build = Builds.hello(GIT);
    var workers =
        new WorkerPod(
            new PodContext(
                BuildRun.of(build),
                build.getSpec(),
                Builds.IMAGE,
                SandboxKind.IN_PLACE,
                true,
                Optional.empty(),
                () -> List.of("pull-b", "shared")),
            new RegistryAccess(List.of(), Map.of()));

    for (var pod : List.of(workers.prepare(1), workers.push(1))) {
      assertThat(secrets(pod))
          .containsEntry("/dev/stagewright/inner/private/registry/account-0/shared", "shared")
          .doesNotContainKey("/dev/stagewright/inner/private/registry/account-1/shared");
      assertThat(pod.getSpec().getVolumes())
          .filteredOn(volume -> volume.getName().equals("account-0"))
          .singleElement()
          .satisfies(volume -> assertThat(volume.getSecret().getOptional()).isTrue());
    }
    assertThat(secrets(workers.check(1))).doesNotContainValue("shared");
  }

  @Test
  void checkMountsOnlyCredentialsOfTheOutput() {
    var pod = workers(GIT).check(1);

    assertThat(secrets(pod))
        .containsExactly(
            Map.entry("/dev/stagewright/inner/private/registry/destination-0/push", "push"));
    assertThat(pod.getSpec().getVolumes())
        .allSatisfy(volume -> assertThat(volume.getPersistentVolumeClaim()).isNull());
    assertThat(main(pod).getCommand()).isEqualTo(RuntimeCommand.check());
  }

  @Test
  void workspaceIsReadOnlyInPush() {
    assertThat(workspace(workers(GIT).prepare(1)).getReadOnly()).isFalse();
    assertThat(workspace(workers(GIT).push(1)).getReadOnly()).isTrue();
  }

  @Test
  void prepareMountsAConfigMapSource() {
    var pod = workers("source: {configMap: {name: files}}").prepare(1);

    assertThat(main(pod).getVolumeMounts())
        .extracting(VolumeMount::getMountPath)
        .contains("/dev/stagewright/inner/private/source");
    assertThat(pod.getSpec().getVolumes())
        .filteredOn(volume -> volume.getName().equals("source"))
        .singleElement()
        .satisfies(volume -> assertThat(volume.getConfigMap().getName()).isEqualTo("files"));
  }

  @Test
  void prepareMountsAClaimSourceReadOnly() {
    var source = "source: {persistentVolumeClaim: {claimName: code, path: services/web}}";
    var pod = workers(source).prepare(1);

    assertThat(main(pod).getVolumeMounts())
        .filteredOn(mount -> mount.getMountPath().equals("/dev/stagewright/inner/private/source"))
        .singleElement()
        .satisfies(mount -> {
          assertThat(mount.getSubPath()).isEqualTo("services/web");
          assertThat(mount.getReadOnly()).isTrue();
          assertThat(claim(pod, mount.getName())).isEqualTo("code");
        });
    assertThat(claim(pod, "workspace")).isEqualTo("hello-1-workspace");
  }

  @Test
  void prepareMountsOnlySecretsForFetching() {
    var pod =
        workers(
                """
                source: {inline: {dockerfile: FROM x}}
                secrets:
                - {id: GIT_AUTH_TOKEN.git.example.com, secret: {name: a, key: token}}
                - {id: HTTP_AUTH_TOKEN_example.com, secret: {name: b, key: token}}
                - {id: npm, secret: {name: c, key: token}}
                """)
            .prepare(1);

    assertThat(pod.getSpec().getVolumes())
        .filteredOn(volume -> volume.getProjected() != null)
        .singleElement()
        .satisfies(volume ->
            assertThat(volume.getProjected().getSources())
                .extracting(source -> source.getSecret().getName())
                .containsExactly("a", "b"));
  }

  @Test
  void prepareReferencesTheCacheWithoutMountingIt() {
    var pod =
        workers("source: {inline: {dockerfile: FROM x}}\ncache: {claimName: caches}").prepare(1);

    assertThat(claim(pod, "cache")).isEqualTo("caches");
    assertThat(main(pod).getVolumeMounts())
        .extracting(VolumeMount::getName)
        .doesNotContain("cache");
  }

  @Test
  void pushMountsCredentialsAndAuthoritiesOfEachRepository() {
    var pod =
        workers(
                """
                output:
                  image: a.example.com/x
                  credentials: {name: first}
                  caBundle: {configMap: {name: authorities}}
                  additionalImages:
                  - {image: b.example.com/x}
                  - image: c.example.com/x
                    credentials: {name: third}
                    caBundle: {secret: {name: own}, key: root.pem}
                source: {configMap: {name: c}}
                """)
            .push(1);

    assertThat(secrets(pod))
        .containsExactlyInAnyOrderEntriesOf(
            Map.of(
                "/dev/stagewright/inner/private/registry/destination-0/first", "first",
                "/dev/stagewright/inner/private/registry/destination-2/third", "third",
                "/dev/stagewright/inner/private/registry-tls/destination-2", "own"));
    assertThat(pod.getSpec().getVolumes())
        .filteredOn(volume -> volume.getName().equals("authorities-0"))
        .singleElement()
        .satisfies(volume ->
            assertThat(volume.getConfigMap().getItems().getFirst().getPath()).isEqualTo("ca.crt"));
  }

  @Test
  void prepareAndPushUseTheConfiguredRegistries() {
    var registry =
        new RegistryConfig(
            "harbor.example.com",
            false,
            Optional.empty(),
            Map.of(),
            Optional.empty(),
            Optional.of("client"),
            Optional.empty(),
            Optional.empty());
    var access = new RegistryAccess(List.of(registry), Map.of("NO_PROXY", "10.0.0.0/8"));

    for (var pod : List.of(workers(GIT, access).prepare(1), workers(GIT, access).push(1))) {
      assertThat(secrets(pod))
          .containsEntry("/dev/stagewright/inner/private/registry-tls/host-0", "client");
      assertThat(main(pod).getEnv())
          .anyMatch(env -> env.getName().equals("NO_PROXY") && env.getValue().equals("10.0.0.0/8"));
    }
  }

  @Test
  void runsAsRootWithoutCapabilities() {
    var pod = workers(GIT).push(1);
    var context = main(pod).getSecurityContext();

    assertThat(context.getCapabilities().getDrop()).containsExactly("ALL");
    assertThat(context.getAllowPrivilegeEscalation()).isFalse();
    assertThat(context.getReadOnlyRootFilesystem()).isTrue();
    assertThat(pod.getSpec().getSecurityContext().getRunAsUser()).isZero();
    assertThat(pod.getSpec().getAutomountServiceAccountToken()).isFalse();
  }

  @Test
  void deadlineIsAfterTheTimeoutOfTheRun() {
    assertThat(workers(GIT).prepare(1).getSpec().getActiveDeadlineSeconds()).isEqualTo(630);
  }

  private static WorkerPod workers(String spec) {
    return workers(spec, new RegistryAccess(List.of(), Map.of()));
  }

  private static WorkerPod workers(String spec, RegistryAccess access) {
    var build = Builds.hello(spec);
    return new WorkerPod(
        new PodContext(
            BuildRun.of(build),
            build.getSpec(),
            Builds.IMAGE,
            SandboxKind.IN_PLACE,
            true,
            Optional.empty()),
        access);
  }

  private static Container main(Pod pod) {
    return pod.getSpec().getContainers().getFirst();
  }

  private static VolumeMount workspace(Pod pod) {
    return main(pod).getVolumeMounts().stream()
        .filter(mount -> mount.getName().equals("workspace"))
        .findFirst()
        .orElseThrow();
  }

  private static String claim(Pod pod, String volume) {
    return pod.getSpec().getVolumes().stream()
        .filter(it -> it.getName().equals(volume))
        .map(it -> it.getPersistentVolumeClaim().getClaimName())
        .findFirst()
        .orElseThrow();
  }

  /** The names of Secrets by mount path. */
  private static Map<String, String> secrets(Pod pod) {
    var paths =
        main(pod).getVolumeMounts().stream()
            .collect(Collectors.toMap(VolumeMount::getName, VolumeMount::getMountPath));
    return pod.getSpec().getVolumes().stream()
        .filter(volume -> volume.getSecret() != null)
        .collect(
            Collectors.toMap(
                volume -> paths.getOrDefault(volume.getName(), ""),
                volume -> volume.getSecret().getSecretName()));
  }
}
