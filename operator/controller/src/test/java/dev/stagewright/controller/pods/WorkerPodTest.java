package dev.stagewright.controller.pods;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stagewright.controller.config.RegistryConfig;
import dev.stagewright.controller.run.BuildRun;
import dev.stagewright.controller.run.RunInputs;
import dev.stagewright.controller.support.Builds;
import dev.stagewright.protocol.RuntimeCommand;
import dev.stagewright.protocol.SandboxKind;
import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.Quantity;
import io.fabric8.kubernetes.api.model.Volume;
import io.fabric8.kubernetes.api.model.VolumeMount;
import java.time.Instant;
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
    var prepare = new Mounted(workers(GIT).prepareAndPublish(1), "prepare");

    assertThat(prepare.secrets())
        .containsExactlyInAnyOrderEntriesOf(
            Map.of(
                "/dev/stagewright/inner/private/git/credentials/login", "login",
                "/dev/stagewright/inner/private/registry/pull-0/pull-a", "pull-a",
                "/dev/stagewright/inner/private/registry/pull-1/pull-b", "pull-b"));
    assertThat(prepare.container().getCommand())
        .isEqualTo(RuntimeCommand.prepare("--attempt", "1"));
  }

  @Test
  void prepareMountsCertificatesOfGitServer() {
    var pod =
        workers(
                """
                source:
                  git:
                    url: "https://git.example.com/x"
                    clientCertificate: {name: certificate}
                    caBundle: {configMap: {name: authorities}, key: bundle.pem}
                """)
            .prepareAndPublish(1);

    assertThat(new Mounted(pod, "prepare").secrets())
        .containsEntry(
            "/dev/stagewright/inner/private/git/client-certificate/certificate", "certificate");
    assertThat(pod.getSpec().getVolumes())
        .filteredOn(volume -> volume.getName().equals("git-authorities"))
        .singleElement()
        .satisfies(volume -> {
          assertThat(volume.getConfigMap().getName()).isEqualTo("authorities");
          assertThat(volume.getConfigMap().getItems())
              .extracting(item -> item.getKey() + ":" + item.getPath())
              .containsExactly("bundle.pem:ca.crt");
        });
    assertThat(new Mounted(pod, "publish").secrets().values()).doesNotContain("certificate");
  }

  @Test
  void prepareMountsDefaultSshKeysForAdd() {
    var pod =
        workers(
                """
                source: {inline: {dockerfile: FROM x}}
                ssh: [{id: other, secret: {name: a}}, {id: default, secret: {name: b}}]
                """)
            .prepareAndPublish(1);

    assertThat(new Mounted(pod, "prepare").secrets())
        .containsEntry("/dev/stagewright/inner/private/ssh/default", "b")
        .doesNotContainValue("a");
  }

  @Test
  void publishMountsCredentialsOfOutputAndBaseImages() {
    for (var pod : List.of(workers(GIT).prepareAndPublish(1), workers(GIT).publish(2))) {
      assertThat(new Mounted(pod, "publish").secrets())
          .containsExactlyInAnyOrderEntriesOf(
              Map.of(
                  "/dev/stagewright/inner/private/registry/destination-0/push", "push",
                  "/dev/stagewright/inner/private/registry/pull-0/pull-a", "pull-a",
                  "/dev/stagewright/inner/private/registry/pull-1/pull-b", "pull-b"));
    }
  }

  @Test
  void aPodThatOnlyPublishesMountsThePlanAndNoSource() {
    var pod = workers(GIT).publish(2);

    assertThat(pod.getMetadata().getName()).isEqualTo("hello-1-worker-2");
    assertThat(pod.getSpec().getContainers()).hasSize(1);
    assertThat(new Mounted(pod, "publish").container().getCommand())
        .isEqualTo(RuntimeCommand.publish());
    assertThat(pod.getSpec().getVolumes())
        .extracting(Volume::getName)
        .contains("plan")
        .doesNotContain("git", "tmp");
  }

  @Test
  void onlyPrepareHasInputAndOnlyIfAClientSendsTheSource() {
    var streaming = workers("source: {stream: {}}").prepareAndPublish(1);

    assertThat(new Mounted(streaming, "prepare").container())
        .extracting(Container::getStdin, Container::getStdinOnce)
        .containsExactly(true, true);
    assertThat(new Mounted(streaming, "publish").container().getStdin()).isNull();
    assertThat(new Mounted(workers(GIT).prepareAndPublish(1), "prepare").container().getStdin())
        .isNull();
  }

  @Test
  void containersMountPullSecretsOfTheServiceAccount() {
    var build = Builds.hello(GIT);
    var workers =
        new WorkerPod(
            new PodContext(
                BuildRun.of(RunInputs.of(build), Instant.EPOCH),
                build.getSpec(),
                Builds.IMAGE,
                SandboxKind.IN_PLACE,
                true,
                Optional.empty(),
                () -> List.of("pull-b", "shared")),
            new RegistryAccess(List.of(), Map.of()),
            false);

    var pod = workers.prepareAndPublish(1);
    for (var container : List.of("prepare", "publish")) {
      assertThat(new Mounted(pod, container).secrets())
          .containsEntry("/dev/stagewright/inner/private/registry/account-0/shared", "shared")
          .doesNotContainKey("/dev/stagewright/inner/private/registry/account-1/shared");
    }
    assertThat(pod.getSpec().getVolumes())
        .filteredOn(volume -> volume.getName().equals("account-0"))
        .singleElement()
        .satisfies(volume -> assertThat(volume.getSecret().getOptional()).isTrue());
  }

  @Test
  void containersDoNotShareTemporaryFiles() {
    var pod = workers(GIT).prepareAndPublish(1);

    assertThat(new Mounted(pod, "prepare").volume("/tmp")).isEqualTo("tmp");
    assertThat(new Mounted(pod, "publish").volume("/tmp")).isEqualTo("tmp-publish");
  }

  @Test
  void prepareMountsAConfigMapSource() {
    var pod = workers("source: {configMap: {name: files}}").prepareAndPublish(1);

    assertThat(container(pod, "prepare").getVolumeMounts())
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
    var pod = workers(source).prepareAndPublish(1);

    assertThat(container(pod, "prepare").getVolumeMounts())
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
            .prepareAndPublish(1);

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
        workers("source: {inline: {dockerfile: FROM x}}\ncache: {mounts: {claimName: caches}}")
            .prepareAndPublish(1);

    assertThat(claim(pod, "cache")).isEqualTo("caches");
    assertThat(container(pod, "prepare").getVolumeMounts())
        .extracting(VolumeMount::getName)
        .doesNotContain("cache");
  }

  @Test
  void publishMountsCredentialsAndAuthoritiesOfEachRepository() {
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
            .publish(1);

    assertThat(new Mounted(pod, "publish").secrets())
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
  void onlyPublishMountsCredentialsOfTheCache() {
    var pod =
        workers(
                """
                source: {configMap: {name: c}}
                cache: {repository: cache.example.com/hello, credentials: {name: records}}
                """)
            .prepareAndPublish(1);

    var path = "/dev/stagewright/inner/private/registry/cache/records";
    assertThat(new Mounted(pod, "publish").secrets()).containsEntry(path, "records");
    assertThat(new Mounted(pod, "prepare").secrets()).doesNotContainValue("records");
  }

  @Test
  void disabledCacheMountsNoCredentials() {
    var spec =
        """
        source: {configMap: {name: c}}
        cache: {repository: cache.example.com/hello, credentials: {name: records}}
        """;
    var pod = workers(spec, new RegistryAccess(List.of(), Map.of()), false).publish(1);

    assertThat(new Mounted(pod, "publish").secrets()).doesNotContainValue("records");
  }

  @Test
  void containersUseTheConfiguredRegistries() {
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
    var pod = workers(GIT, access).prepareAndPublish(1);

    for (var name : List.of("prepare", "publish")) {
      var mounted = new Mounted(pod, name);
      assertThat(mounted.secrets())
          .containsEntry("/dev/stagewright/inner/private/registry-tls/host-0", "client");
      assertThat(mounted.container().getEnv())
          .anyMatch(env -> env.getName().equals("NO_PROXY") && env.getValue().equals("10.0.0.0/8"));
    }
  }

  @Test
  void prepareHasNoCapabilitiesAndPublishOnlyThoseOfFiles() {
    var pod = workers(GIT).prepareAndPublish(1);

    for (var name : List.of("prepare", "publish")) {
      var context = container(pod, name).getSecurityContext();
      assertThat(context.getCapabilities().getDrop()).containsExactly("ALL");
      assertThat(context.getAllowPrivilegeEscalation()).isFalse();
      assertThat(context.getReadOnlyRootFilesystem()).isTrue();
    }
    assertThat(container(pod, "prepare").getSecurityContext().getCapabilities().getAdd()).isEmpty();
    assertThat(container(pod, "publish").getSecurityContext().getCapabilities().getAdd())
        .containsExactly("CHOWN", "DAC_OVERRIDE", "FOWNER", "FSETID", "MKNOD", "SETFCAP");
    assertThat(pod.getSpec().getSecurityContext().getRunAsUser()).isZero();
    assertThat(pod.getSpec().getAutomountServiceAccountToken()).isFalse();
  }

  @Test
  void aTemplateForMainAppliesToBothContainers() {
    var pod =
        workers(
                GIT
                    + """
                    podTemplate:
                      spec: {containers: [{name: main, resources: {limits: {memory: 2Gi}}}]}
                    """)
            .prepareAndPublish(1);

    assertThat(pod.getSpec().getContainers())
        .extracting(Container::getName)
        .containsExactly("prepare", "publish");
    assertThat(pod.getSpec().getContainers())
        .allSatisfy(container ->
            assertThat(container.getResources().getLimits().get("memory"))
                .isEqualTo(new Quantity("2Gi")));
  }

  @Test
  void deadlineIsAfterTheTimeoutOfTheRun() {
    assertThat(workers(GIT).prepareAndPublish(1).getSpec().getActiveDeadlineSeconds())
        .isEqualTo(630);
  }

  private static WorkerPod workers(String spec) {
    return workers(spec, new RegistryAccess(List.of(), Map.of()));
  }

  private static WorkerPod workers(String spec, RegistryAccess access) {
    return workers(spec, access, true);
  }

  private static WorkerPod workers(String spec, RegistryAccess access, boolean usesCache) {
    var build = Builds.hello(spec);
    return new WorkerPod(
        new PodContext(
            BuildRun.of(RunInputs.of(build), Instant.EPOCH),
            build.getSpec(),
            Builds.IMAGE,
            SandboxKind.IN_PLACE,
            true,
            Optional.empty()),
        access,
        usesCache);
  }

  private static Container container(Pod pod, String name) {
    return pod.getSpec().getContainers().stream()
        .filter(container -> container.getName().equals(name))
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

  /** What a container mounts. */
  private record Mounted(Pod pod, String name) {
    private Container container() {
      return WorkerPodTest.container(pod, name);
    }

    private String volume(String path) {
      return container().getVolumeMounts().stream()
          .filter(mount -> mount.getMountPath().equals(path))
          .map(VolumeMount::getName)
          .findFirst()
          .orElseThrow();
    }

    /** The names of Secrets by mount path. */
    private Map<String, String> secrets() {
      var secrets =
          pod.getSpec().getVolumes().stream()
              .filter(volume -> volume.getSecret() != null)
              .collect(
                  Collectors.toMap(Volume::getName, volume -> volume.getSecret().getSecretName()));
      return container().getVolumeMounts().stream()
          .filter(mount -> secrets.containsKey(mount.getName()))
          .collect(
              Collectors.toMap(
                  VolumeMount::getMountPath, mount -> secrets.getOrDefault(mount.getName(), "")));
    }
  }
}
