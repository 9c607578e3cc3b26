package dev.stagewright.controller.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.stagewright.api.v1alpha1.SandboxChoice;
import dev.stagewright.api.v1alpha1.Workspace.AccessMode;
import dev.stagewright.controller.config.OperatorConfig.LogFormat;
import dev.stagewright.controller.config.OperatorConfig.RuntimeInjection;
import dev.stagewright.controller.template.FieldPath;
import dev.stagewright.controller.template.PodPolicy;
import dev.stagewright.protocol.SandboxKind;
import io.fabric8.kubernetes.api.model.Quantity;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ConfigLoaderTest {
  private static final String FULL =
      """
      operatorName: mine
      watchNamespaces: [a, b]
      leaseName: mine
      image: registry.example.com/stagewright:1
      runtimeInjection: initContainer
      sandbox: userNamespace
      allowedSandboxes: [userNamespace]
      allowInsecureRun: true
      podPolicy:
        forbiddenFields: ["spec.volumes[*].hostPath"]
        serviceAccounts: [builder]
        priorityClasses: [low]
        runtimeClasses: []
        maxResources: {memory: 4Gi}
      registries:
        - {host: "registry:5000", plainHttp: true}
        - {host: docker.io, mirror: "registry:5000/hub"}
        - host: harbor.example.com
          rewrites: {library: "proxy.example.com/hub"}
          tls: harbor-client
          proxy: "http://proxy:3128"
          chunkSize: 20Mi
      proxyEnvironment: {HTTPS_PROXY: "http://proxy:3128"}
      maxConcurrentReconciles: 3
      maxConcurrentBuilds: 40
      maxConcurrentBuildsPerNamespace: 10
      maxWorkerBaseSize: 10Mi
      cache:
        enabled: false
        maxAge: 720h
        mounts: {storageClassName: nfs, size: 50Gi, accessMode: ReadWriteMany, sizeLimit: 30Gi}
      podStartTimeout: 90s
      httpPort: 9090
      webhookPort: 9091
      logLevel: debug
      logFormat: json
      """;

  @TempDir private Path folder;

  @Test
  void everyPropertyMaps() throws Exception {
    assertThat(load(FULL, Map.of()))
        .isEqualTo(
            new OperatorConfig(
                "mine",
                Set.of("a", "b"),
                "mine",
                "registry.example.com/stagewright:1",
                RuntimeInjection.initContainer,
                SandboxChoice.userNamespace,
                Set.of(SandboxKind.USER_NAMESPACE),
                true,
                new PodPolicy(
                    List.of(FieldPath.parse("spec.volumes[*].hostPath")),
                    Set.of("builder"),
                    Set.of("low"),
                    Set.of(),
                    Map.of("memory", new Quantity("4Gi"))),
                List.of(
                    new RegistryConfig("registry:5000", true, Optional.empty()),
                    new RegistryConfig("docker.io", false, Optional.of("registry:5000/hub")),
                    new RegistryConfig(
                        "harbor.example.com",
                        false,
                        Optional.empty(),
                        Map.of("library", "proxy.example.com/hub"),
                        Optional.empty(),
                        Optional.of("harbor-client"),
                        Optional.of("http://proxy:3128"),
                        Optional.of(20L << 20))),
                Map.of("HTTPS_PROXY", "http://proxy:3128"),
                3,
                40,
                10,
                10L << 20,
                new CacheConfig(
                    false,
                    Optional.of(Duration.ofDays(30)),
                    Optional.of(
                        new CacheMountsConfig(
                            Optional.of("nfs"),
                            new Quantity("50Gi"),
                            AccessMode.ReadWriteMany,
                            30L << 30))),
                Duration.ofSeconds(90),
                9090,
                9091,
                "debug",
                LogFormat.json));
  }

  @Test
  void theFullFileSetsEveryProperty() throws Exception {
    var full = load(FULL, Map.of());
    var defaults = new ConfigLoader(Map.of()).load(List.of());

    for (var component : OperatorConfig.class.getRecordComponents()) {
      assertThat(component.getAccessor().invoke(full))
          .as(component.getName())
          .isNotEqualTo(component.getAccessor().invoke(defaults));
    }
  }

  @Test
  void fileAndConfigurationHaveTheSameProperties() {
    assertThat(Arrays.stream(ConfigFile.class.getRecordComponents()).map(it -> it.getName()))
        .containsExactlyElementsOf(
            Arrays.stream(OperatorConfig.class.getRecordComponents())
                .map(it -> it.getName())
                .toList());
  }

  @Test
  void defaultsApplyWithoutAFile() throws Exception {
    assertThat(new ConfigLoader(Map.of()).load(List.of()))
        .isEqualTo(
            new OperatorConfig(
                "",
                Set.of(),
                "",
                "",
                RuntimeInjection.auto,
                SandboxChoice.auto,
                Set.of(SandboxKind.IN_PLACE, SandboxKind.USER_NAMESPACE),
                false,
                PodPolicy.DEFAULT,
                List.of(),
                Map.of(),
                16,
                0,
                0,
                16L << 20,
                CacheConfig.DEFAULT,
                Duration.ofMinutes(5),
                8080,
                0,
                "info",
                LogFormat.text));
  }

  @Test
  void defaultsApplyWithAnEmptyFile() throws Exception {
    assertThat(load("# nothing\n", Map.of())).isEqualTo(load("{}", Map.of()));
  }

  @Test
  void claimForCacheMountsHasDefaults() throws Exception {
    assertThat(load("cache: {mounts: {size: 10Gi}}", Map.of()).cache().mounts())
        .contains(
            new CacheMountsConfig(
                Optional.empty(), new Quantity("10Gi"), AccessMode.ReadWriteOnce, 8L << 30));
    assertThat(load("cache: {mounts: {}}", Map.of()).cache().mounts())
        .map(CacheMountsConfig::size)
        .contains(new Quantity("20Gi"));
    assertThat(load("cache: {mounts: {enabled: false, size: 1Gi}}", Map.of()).cache().mounts())
        .isEmpty();
  }

  @Test
  void environmentVariablesOverrideProperties() throws Exception {
    var environment =
        Map.of(
            "STAGEWRIGHT_OPERATOR_NAME", "other",
            "STAGEWRIGHT_LOG_LEVEL", "trace",
            "STAGEWRIGHT_IMAGE", "from-environment");

    var config = load(FULL, environment);
    assertThat(config.operatorName()).isEqualTo("other");
    assertThat(config.logLevel()).isEqualTo("trace");
    assertThat(config.image()).isEqualTo("registry.example.com/stagewright:1");
    assertThat(load("{}", environment).image()).isEqualTo("from-environment");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "runtimeInjetion: auto | unknown property runtimeInjetion",
        "runtimeInjection: both | runtimeInjection",
        "sandbox: none | sandbox",
        "maxWorkerBaseSize: big | maxWorkerBaseSize",
        "maxWorkerBaseSize: -1 | maxWorkerBaseSize",
        "allowedSandboxes: [] | allowedSandboxes must contain",
        "allowedSandboxes: [vm] | is not a sandbox; use inPlace",
        "{sandbox: userNamespace, allowedSandboxes: [inPlace]} | which allowedSandboxes does not contain",
        "logLevel: loud | logLevel must be",
        "logFormat: xml | logFormat",
        "maxConcurrentReconciles: 0 | maxConcurrentReconciles must be",
        "maxConcurrentBuilds: -1 | maxConcurrentBuilds must",
        "maxConcurrentBuildsPerNamespace: -1 | maxConcurrentBuildsPerNamespace must",
        "cache: {maxAge: old} | cache.maxAge: must be a duration such as 90s, 10m or 1h30m, but is old",
        "cache: {maxAge: 0s} | cache.maxAge must be positive",
        "cache: {max: 1h} | unknown property max",
        "cache: {mounts: {size: big}} | cache.mounts.size:",
        "cache: {mounts: {sizeLimit: 0}} | cache.mounts.sizeLimit must be positive",
        "cache: {mounts: {accessMode: ReadWriteOften}} | accessMode",
        "cache: {mounts: {class: fast}} | unknown property class",
        "podStartTimeout: soon | must be a duration such as 90s, 10m or 1h30m, but is soon",
        "registries: [{plainHttp: true}] | host must be",
        "registries: [{host: 'https://x'}] | host must be",
        "registries: [{host: a, mirror: 'http://b'}] | mirror of a must be host[:port][/path]",
        "registries: [{host: a, rewrites: {x: ''}}] | rewrites['x'] of a must be host[:port]",
        "registries: [{host: a, proxy: p}] | proxy of a must be http://host:port, but is 'p'",
        "registries: [{host: a, tls: A/B}] | tls of a must be the name of a Secret",
        "registries: [{host: a, caBundle: x}] | caBundle of a",
        "registries: [{host: a, chunkSize: much}] | chunkSize of a must be a quantity",
        "registries: [{host: a, chunkSize: '0'}] | chunkSize of a must be positive",
        "proxyEnvironment: {FTP_PROXY: x} | proxyEnvironment: 'FTP_PROXY' is not a proxy variable",
        "httpPort: 70000 | httpPort must be",
        "webhookPort: 70000 | webhookPort must be",
        "webhookPort: 8080 | webhookPort must not be the same as httpPort",
      })
  void invalidValuesAreNamed(String yaml, String message) {
    assertThatThrownBy(() -> load(yaml, Map.of()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(message);
  }

  @Test
  void invalidArgumentsPrintTheUsage() {
    assertThatThrownBy(() -> new ConfigLoader(Map.of()).load(List.of("--verbose")))
        .hasMessageContaining("usage: operator [--config FILE]");
  }

  @Test
  void passwordsOfMirrorsAreMasked() throws Exception {
    var config = load("registries: [{host: a, mirror: 'user:secret@b:5000'}]", Map.of());
    assertThat(config.describe()).contains("***@b:5000").doesNotContain("secret");
  }

  @Test
  void proxiesDefaultToTheEnvironment() throws Exception {
    var environment = Map.of("https_proxy", "http://u:secret@p:1", "NO_PROXY", "a", "HOME", "/");

    var config = load("{}", environment);
    assertThat(config.proxyEnvironment())
        .isEqualTo(Map.of("HTTPS_PROXY", "http://u:secret@p:1", "NO_PROXY", "a"));
    assertThat(config.describe()).contains("http://***@p:1").doesNotContain("secret");
  }

  private OperatorConfig load(String yaml, Map<String, String> environment) throws IOException {
    var file = Files.writeString(folder.resolve("config.yaml"), yaml);
    return new ConfigLoader(environment).load(List.of("--config", file.toString()));
  }
}
