package dev.stagewright.controller.support;

import dev.stagewright.api.v1alpha1.ImageBuild;
import dev.stagewright.api.v1alpha1.ImageBuildSpec;
import dev.stagewright.api.v1alpha1.SandboxChoice;
import dev.stagewright.api.v1alpha1.Workspace.AccessMode;
import dev.stagewright.controller.config.CacheConfig;
import dev.stagewright.controller.config.CacheMountsConfig;
import dev.stagewright.controller.config.OperatorConfig;
import dev.stagewright.controller.config.OperatorConfig.LogFormat;
import dev.stagewright.controller.config.OperatorConfig.RuntimeInjection;
import dev.stagewright.controller.template.PodPolicy;
import dev.stagewright.protocol.SandboxKind;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.api.model.Quantity;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Creates ImageBuilds and the configuration of the operator. */
public final class Builds {
  /** The image of the operator. */
  public static final String IMAGE = "registry.example.com/stagewright:1";

  private static final String OUTPUT =
      "output: {image: \"registry.example.com/team/hello:1\", credentials: {name: push}}\n";

  private static final KubernetesSerialization YAML = new KubernetesSerialization();

  private Builds() {}

  /** The first generation of a build named {@code hello}, with this spec. */
  public static ImageBuild hello(String spec) {
    var build = new ImageBuild();
    build.setMetadata(
        new ObjectMetaBuilder()
            .withNamespace("team")
            .withName("hello")
            .withUid("uid-of-build")
            .withGeneration(1L)
            .withAnnotations(new HashMap<>())
            .build());
    build.setSpec(spec(spec));
    return build;
  }

  /** A spec, with a default output. */
  public static ImageBuildSpec spec(String yaml) {
    return YAML.unmarshal((yaml.contains("output:") ? "" : OUTPUT) + yaml, ImageBuildSpec.class);
  }

  /** A build from an inline Dockerfile. */
  public static ImageBuild hello() {
    return hello("source: {inline: {dockerfile: FROM busybox}}");
  }

  /** The configuration of the operator; builds have no cache. */
  public static OperatorConfig config() {
    return config(SandboxChoice.auto, SandboxKind.ofPods().toArray(SandboxKind[]::new));
  }

  /** A configuration in which builds have a cache. */
  public static OperatorConfig cachingConfig() {
    return config(
        CacheConfig.DEFAULT, SandboxChoice.auto, SandboxKind.ofPods().toArray(SandboxKind[]::new));
  }

  /** A configuration in which the operator provides a claim for cache mounts. */
  public static OperatorConfig configWithCacheClaim(AccessMode accessMode) {
    var claim =
        new CacheMountsConfig(Optional.of("fast"), new Quantity("10Gi"), accessMode, 8L << 30);
    return config(
        new CacheConfig(false, Optional.empty(), Optional.of(claim)),
        SandboxChoice.auto,
        SandboxKind.ofPods().toArray(SandboxKind[]::new));
  }

  /** A configuration with this default sandbox and these allowed sandboxes. */
  public static OperatorConfig config(SandboxChoice sandbox, SandboxKind... allowed) {
    return config(CacheConfig.DISABLED, sandbox, allowed);
  }

  private static OperatorConfig config(
      CacheConfig cache, SandboxChoice sandbox, SandboxKind... allowed) {
    return new OperatorConfig(
        "",
        Set.of(),
        "",
        IMAGE,
        RuntimeInjection.auto,
        sandbox,
        Set.of(allowed),
        false,
        PodPolicy.DEFAULT,
        List.of(),
        Map.of(),
        1,
        0,
        0,
        16L << 20,
        cache,
        Duration.ofMinutes(5),
        0,
        0,
        "info",
        LogFormat.text);
  }
}
