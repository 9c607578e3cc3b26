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
 * The configuration of the operator. Every property has a default.
 *
 * @param operatorName value of the label {@code stagewright.dev/operator} of the ImageBuilds that
 *     this operator handles; empty for ImageBuilds without the label
 * @param watchNamespaces namespaces of the ImageBuilds; empty for all namespaces
 * @param leaseName name of the Lease for leader election in the operator's namespace; empty if
 *     there is only one replica
 * @param image the operator's image, which the Pods of builds run; empty for the image of the
 *     operator's Pod
 * @param runtimeInjection how the runtime is added to stage Pods
 * @param sandbox the sandbox of builds with {@code sandbox: auto}; {@code auto} selects it by the
 *     features of the cluster
 * @param allowedSandboxes the sandboxes that builds can use
 * @param allowInsecureRun whether {@code RUN --security=insecure} is allowed, which needs a
 *     privileged container
 * @param podPolicy restrictions on what users can set in the Pods of their builds
 * @param registries settings of registries that need other settings than the defaults
 * @param proxyEnvironment {@code HTTP_PROXY}, {@code HTTPS_PROXY} and {@code NO_PROXY} for the Pods
 *     that connect to registries
 * @param maxConcurrentReconciles maximum number of ImageBuilds that are reconciled concurrently
 * @param maxConcurrentBuilds maximum number of active runs; 0 for no limit
 * @param maxConcurrentBuildsPerNamespace maximum number of active runs per namespace; 0 for no
 *     limit
 * @param maxWorkerBaseSize largest base image of a stage that runs in the worker Pod, as the size
 *     of its compressed layers in bytes; 0 if each stage has a Pod
 * @param cache cache of instructions
 * @param podStartTimeout time after which a build fails if the image or a volume of a Pod is not
 *     available
 * @param httpPort port of {@code /metrics}, {@code /healthz} and {@code /readyz}; 0 for a free port
 * @param webhookPort port of the receiver of webhooks; 0 for no receiver
 * @param logLevel {@code error}, {@code warn}, {@code info}, {@code debug} or {@code trace}
 * @param logFormat format of the lines of the log
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
    long maxWorkerBaseSize,
    CacheConfig cache,
    Duration podStartTimeout,
    int httpPort,
    int webhookPort,
    String logLevel,
    LogFormat logFormat) {

  /** Environment variable that names the configuration file. */
  public static final String FILE_VARIABLE = "STAGEWRIGHT_CONFIG";

  /** Environment variable with the image, for configurations without the property {@code image}. */
  public static final String IMAGE_VARIABLE = "STAGEWRIGHT_IMAGE";

  /** Environment variable that overrides {@code operatorName}. */
  public static final String OPERATOR_NAME_VARIABLE = "STAGEWRIGHT_OPERATOR_NAME";

  /** Environment variable that overrides {@code logLevel}. */
  public static final String LOG_LEVEL_VARIABLE = "STAGEWRIGHT_LOG_LEVEL";

  /** How the runtime is added to stage Pods. */
  public enum RuntimeInjection {
    /** An image volume if the cluster supports it, an init container otherwise. */
    auto,
    imageVolume,
    initContainer
  }

  /** Formats of the log. */
  public enum LogFormat {
    text,
    /** One object a line. */
    json
  }

  /**
   * @throws IllegalArgumentException if a value is invalid; the message names the property
   */
  public OperatorConfig {
    watchNamespaces = Set.copyOf(watchNamespaces);
    allowedSandboxes = Set.copyOf(allowedSandboxes);
    registries = List.copyOf(registries);
    proxyEnvironment = Map.copyOf(proxyEnvironment);
    ProxyVariables.check(proxyEnvironment.keySet());
    if (allowedSandboxes.isEmpty()) {
      throw new IllegalArgumentException("allowedSandboxes must contain at least one sandbox");
    }
    var isAllowed = SandboxKind.named(sandbox.name()).map(allowedSandboxes::contains).orElse(true);
    if (!isAllowed) {
      throw new IllegalArgumentException(
          "sandbox is " + sandbox + ", which allowedSandboxes does not contain");
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
    if (maxWorkerBaseSize < 0) {
      throw new IllegalArgumentException("maxWorkerBaseSize must not be negative");
    }
    if (!podStartTimeout.isPositive()) {
      throw new IllegalArgumentException("podStartTimeout must be positive");
    }
    if (httpPort < 0 || httpPort > 65535) {
      throw new IllegalArgumentException("httpPort must be between 0 and 65535");
    }
    if (webhookPort < 0 || webhookPort > 65535) {
      throw new IllegalArgumentException("webhookPort must be between 0 and 65535");
    }
    if (webhookPort != 0 && webhookPort == httpPort) {
      throw new IllegalArgumentException("webhookPort must not be the same as httpPort");
    }
    if (!Set.of("error", "warn", "info", "debug", "trace").contains(logLevel)) {
      throw new IllegalArgumentException(
          "logLevel must be error, warn, info, debug or trace, but is '" + logLevel + "'");
    }
  }

  /** The same configuration with another image. */
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
        maxWorkerBaseSize,
        cache,
        podStartTimeout,
        httpPort,
        webhookPort,
        logLevel,
        logFormat);
  }

  /** The effective configuration for the log. Passwords are masked. */
  public String describe() {
    return """
    operatorName=%s watchNamespaces=%s leaseName=%s image=%s runtimeInjection=%s sandbox=%s \
    allowedSandboxes=%s allowInsecureRun=%s podPolicy=%s registries=%s \
    proxyEnvironment=%s \
    maxConcurrentReconciles=%d maxConcurrentBuilds=%d maxConcurrentBuildsPerNamespace=%d \
    maxWorkerBaseSize=%d cache=%s podStartTimeout=%s httpPort=%d webhookPort=%d logLevel=%s \
    logFormat=%s\
    """
        .formatted(
            operatorName.isEmpty() ? "(none)" : operatorName,
            watchNamespaces.isEmpty() ? "(all)" : watchNamespaces,
            leaseName.isEmpty() ? "(none)" : leaseName,
            image.isEmpty() ? "(image of the operator's Pod)" : image,
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
            maxWorkerBaseSize,
            cache.describe(),
            KubernetesDuration.format(podStartTimeout),
            httpPort,
            webhookPort,
            logLevel,
            logFormat);
  }

  static <T> T orDefault(@Nullable T value, T fallback) {
    return value == null ? fallback : value;
  }
}
