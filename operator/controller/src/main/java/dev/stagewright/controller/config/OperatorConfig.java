package dev.stagewright.controller.config;

import dev.stagewright.api.v1alpha1.KubernetesDuration;
import dev.stagewright.api.v1alpha1.SandboxChoice;
import dev.stagewright.controller.template.PodPolicy;
import dev.stagewright.protocol.SandboxKind;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What the operator can be told. Every property has a default.
 *
 * @param operatorName the operator handles ImageBuilds whose label {@code stagewright.dev/operator}
 *     has this value; empty: those without the label
 * @param watchNamespaces empty: all
 * @param leaseName of the Lease in the operator's own namespace by which several replicas agree on
 *     the one that works; empty: there is one replica only
 * @param image our own image, for the Pods of builds; empty: that of the operator's own Pod
 * @param runtimeInjection how the runtime comes into stage Pods
 * @param sandbox what builds that say {@code auto} get; {@code auto}: by what the cluster can do
 * @param allowedSandboxes what builds may have
 * @param allowInsecureRun whether {@code RUN --security=insecure} runs, in a privileged container
 * @param podPolicy what users may make of the Pods of their builds
 * @param registries how registries are reached, where the defaults do not do
 * @param proxyEnvironment {@code HTTP_PROXY}, {@code HTTPS_PROXY} and {@code NO_PROXY} for the Pods
 *     that talk to registries
 * @param maxConcurrentReconciles how many ImageBuilds are looked at at once
 * @param maxConcurrentBuilds how many builds run at once; 0 for no limit
 * @param maxConcurrentBuildsPerNamespace how many of them in one namespace; 0 for no limit
 * @param podStartTimeout how long a Pod's image or volumes may fail to come before the build fails
 * @param httpPort of {@code /metrics}, {@code /healthz} and {@code /readyz}; 0 takes a free one
 * @param logLevel {@code error}, {@code warn}, {@code info}, {@code debug} or {@code trace}
 */
public record OperatorConfig(
    String operatorName,
    Set<String> watchNamespaces,
    String leaseName,
    String image,
    RuntimeInjection runtimeInjection,
    SandboxChoice sandbox,
    Set<SandboxKind> allowedSandboxes,
    boolean allowInsecureRun,
    PodPolicy podPolicy,
    List<RegistryConfig> registries,
    Map<String, String> proxyEnvironment,
    int maxConcurrentReconciles,
    int maxConcurrentBuilds,
    int maxConcurrentBuildsPerNamespace,
    Duration podStartTimeout,
    int httpPort,
    String logLevel) {

  /** Environment variable that names the configuration file. */
  public static final String FILE_VARIABLE = "STAGEWRIGHT_CONFIG";

  /** Environment variable with the image to use where the file names none. */
  public static final String IMAGE_VARIABLE = "STAGEWRIGHT_IMAGE";

  /** Environment variable that overrides {@code operatorName}. */
  public static final String OPERATOR_NAME_VARIABLE = "STAGEWRIGHT_OPERATOR_NAME";

  /** Environment variable that overrides {@code logLevel}. */
  public static final String LOG_LEVEL_VARIABLE = "STAGEWRIGHT_LOG_LEVEL";

  /** How the runtime comes into stage Pods. */
  public enum RuntimeInjection {
    /** By image volume where the cluster has them, else by init container. */
    auto,
    imageVolume,
    initContainer
  }

  /**
   * @throws IllegalArgumentException if a value makes no sense; it names the property
   */
  public OperatorConfig {
    watchNamespaces = Set.copyOf(watchNamespaces);
    allowedSandboxes = Set.copyOf(allowedSandboxes);
    registries = List.copyOf(registries);
    proxyEnvironment = Map.copyOf(proxyEnvironment);
    ProxyVariables.check(proxyEnvironment.keySet());
    if (allowedSandboxes.isEmpty()) {
      throw new IllegalArgumentException("allowedSandboxes must name at least one");
    }
    var isAllowed = SandboxKind.named(sandbox.name()).map(allowedSandboxes::contains).orElse(true);
    if (!isAllowed) {
      throw new IllegalArgumentException(
          "sandbox is " + sandbox + ", which allowedSandboxes lacks");
    }
    if (maxConcurrentReconciles < 1) {
      throw new IllegalArgumentException("maxConcurrentReconciles must be at least 1");
    }
    if (maxConcurrentBuilds < 0) {
      throw new IllegalArgumentException("maxConcurrentBuilds must not be negative");
    }
    if (maxConcurrentBuildsPerNamespace < 0) {
      throw new IllegalArgumentException("maxConcurrentBuildsPerNamespace must not be negative");
    }
    if (!podStartTimeout.isPositive()) {
      throw new IllegalArgumentException("podStartTimeout must be positive");
    }
    if (httpPort < 0 || httpPort > 65535) {
      throw new IllegalArgumentException("httpPort must be between 0 and 65535");
    }
    if (!Set.of("error", "warn", "info", "debug", "trace").contains(logLevel)) {
      throw new IllegalArgumentException(
          "logLevel must be error, warn, info, debug or trace, but is '" + logLevel + "'");
    }
  }

  /** The same with this image. */
  public OperatorConfig withImage(String newImage) {
    return new OperatorConfig(
        operatorName,
        watchNamespaces,
        leaseName,
        newImage,
        runtimeInjection,
        sandbox,
        allowedSandboxes,
        allowInsecureRun,
        podPolicy,
        registries,
        proxyEnvironment,
        maxConcurrentReconciles,
        maxConcurrentBuilds,
        maxConcurrentBuildsPerNamespace,
        podStartTimeout,
        httpPort,
        logLevel);
  }

  /** For the log at start. No property is secret. */
  public String describe() {
    return """
    operatorName=%s watchNamespaces=%s leaseName=%s image=%s runtimeInjection=%s sandbox=%s \
    allowedSandboxes=%s allowInsecureRun=%s podPolicy=%s registries=%s \
    proxyEnvironment=%s \
    maxConcurrentReconciles=%d maxConcurrentBuilds=%d maxConcurrentBuildsPerNamespace=%d \
    podStartTimeout=%s httpPort=%d logLevel=%s\
    """
        .formatted(
            operatorName.isEmpty() ? "(none)" : operatorName,
            watchNamespaces.isEmpty() ? "(all)" : watchNamespaces,
            leaseName.isEmpty() ? "(none)" : leaseName,
            image.isEmpty() ? "(that of the operator's Pod)" : image,
            runtimeInjection,
            sandbox,
            allowedSandboxes.stream().map(SandboxKind::apiName).sorted().toList(),
            allowInsecureRun,
            podPolicy,
            registries.stream().map(RegistryConfig::describe).toList(),
            ProxyVariables.masked(proxyEnvironment),
            maxConcurrentReconciles,
            maxConcurrentBuilds,
            maxConcurrentBuildsPerNamespace,
            KubernetesDuration.format(podStartTimeout),
            httpPort,
            logLevel);
  }

  static <T> T orDefault(@Nullable T value, T byDefault) {
    return value == null ? byDefault : value;
  }
}
