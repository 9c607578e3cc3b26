package dev.stagewright.controller.config;

import static dev.stagewright.controller.config.OperatorConfig.orDefault;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.exc.UnrecognizedPropertyException;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import dev.stagewright.api.v1alpha1.KubernetesDuration;
import dev.stagewright.api.v1alpha1.KubernetesQuantity;
import dev.stagewright.api.v1alpha1.SandboxChoice;
import dev.stagewright.controller.config.OperatorConfig.LogFormat;
import dev.stagewright.controller.config.OperatorConfig.RuntimeInjection;
import dev.stagewright.controller.template.PodPolicy;
import dev.stagewright.protocol.SandboxKind;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The content of the YAML configuration file. Absent properties are null.
 *
 * <p>Unknown properties are errors, so that a misspelled property is not silently ignored.
 */
record ConfigFile(
    @Nullable String operatorName,
    @Nullable Set<String> watchNamespaces,
    @Nullable String leaseName,
    @Nullable String image,
    @Nullable RuntimeInjection runtimeInjection,
    @Nullable SandboxChoice sandbox,
    @Nullable Set<String> allowedSandboxes,
    @Nullable Boolean allowInsecureRun,
    @Nullable PolicySection podPolicy,
    @Nullable List<RegistryEntry> registries,
    @Nullable Map<String, String> proxyEnvironment,
    @Nullable Integer maxConcurrentReconciles,
    @Nullable Integer maxConcurrentBuilds,
    @Nullable Integer maxConcurrentBuildsPerNamespace,
    @Nullable Object maxWorkerBaseSize,
    @Nullable CacheSection cache,
    @Nullable String podStartTimeout,
    @Nullable Integer httpPort,
    @Nullable Integer webhookPort,
    @Nullable String logLevel,
    @Nullable LogFormat logFormat) {
  private static final int DEFAULT_PORT = 8080;
  private static final int NO_PORT = 0;
  private static final int DEFAULT_CONCURRENCY = 16;

  /** The scheduler and quotas limit builds better than a fixed number. */
  private static final int UNLIMITED = 0;

  /** Unpacking an image of this size takes less time than starting a Pod. */
  private static final String DEFAULT_WORKER_BASE = "16Mi";

  private static final ConfigFile EMPTY =
      new ConfigFile(
          null, null, null, null, null, null, null, null, null, null, null, null, null, null, null,
          null, null, null, null, null, null);

  static ConfigFile read(Path file) throws IOException {
    return parse(Files.readString(file), file.toString());
  }

  static ConfigFile empty() {
    return EMPTY;
  }

  /**
   * Parses YAML.
   *
   * @param name of the file, for error messages
   * @throws IllegalArgumentException if the YAML is invalid; the message names file and property
   */
  static ConfigFile parse(String yaml, String name) throws IOException {
    var mapper =
        new ObjectMapper(new YAMLFactory())
            .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES);
    try {
      var tree = mapper.readTree(yaml);
      if (tree.isMissingNode() || tree.isNull()) {
        return EMPTY;
      }
      return mapper.treeToValue(tree, ConfigFile.class);
    } catch (UnrecognizedPropertyException e) {
      throw new IllegalArgumentException(
          name
              + ": unknown property "
              + e.getPropertyName()
              + "; known properties: "
              + e.getKnownPropertyIds(),
          e);
    } catch (JsonMappingException e) {
      throw new IllegalArgumentException(
          name + ": " + e.getPathReference() + ": " + e.getOriginalMessage(), e);
    }
  }

  private static Set<SandboxKind> kinds(Set<String> names) {
    return names.stream()
        .map(name ->
            SandboxKind.named(name)
                .orElseThrow(() ->
                    new IllegalArgumentException(
                        "allowedSandboxes: '"
                            + name
                            + "' is not a sandbox; use inPlace or userNamespace")))
        .collect(Collectors.toUnmodifiableSet());
  }

  private static long bytes(String property, Object quantity) {
    try {
      return KubernetesQuantity.read(quantity, KubernetesQuantity.BYTES)
          .getNumericalAmount()
          .longValueExact();
    } catch (IllegalArgumentException | ArithmeticException e) {
      throw new IllegalArgumentException(property + ": " + e.getMessage(), e);
    }
  }

  OperatorConfig toConfig(Map<String, String> environment) {
    return new OperatorConfig(
        environment.getOrDefault(
            OperatorConfig.OPERATOR_NAME_VARIABLE, orDefault(operatorName, "")),
        orDefault(watchNamespaces, Set.of()),
        orDefault(leaseName, ""),
        orDefault(image, environment.getOrDefault(OperatorConfig.IMAGE_VARIABLE, "")),
        orDefault(runtimeInjection, RuntimeInjection.auto),
        orDefault(sandbox, SandboxChoice.auto),
        allowedSandboxes == null ? SandboxKind.ofPods() : kinds(allowedSandboxes),
        orDefault(allowInsecureRun, false),
        podPolicy == null ? PodPolicy.DEFAULT : podPolicy.toPolicy(),
        orDefault(registries, List.<RegistryEntry>of()).stream()
            .map(RegistryEntry::toConfig)
            .toList(),
        orDefault(proxyEnvironment, ProxyVariables.of(environment)),
        orDefault(maxConcurrentReconciles, DEFAULT_CONCURRENCY),
        orDefault(maxConcurrentBuilds, UNLIMITED),
        orDefault(maxConcurrentBuildsPerNamespace, UNLIMITED),
        bytes("maxWorkerBaseSize", orDefault(maxWorkerBaseSize, DEFAULT_WORKER_BASE)),
        cache == null ? CacheConfig.DEFAULT : cache.toConfig(),
        KubernetesDuration.parse(orDefault(podStartTimeout, "5m")),
        orDefault(httpPort, DEFAULT_PORT),
        orDefault(webhookPort, NO_PORT),
        environment.getOrDefault(OperatorConfig.LOG_LEVEL_VARIABLE, orDefault(logLevel, "info")),
        orDefault(logFormat, LogFormat.text));
  }
}
