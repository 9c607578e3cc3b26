package dev.stagewright.controller.pods;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import dev.stagewright.api.v1alpha1.BuildSecret;
import dev.stagewright.api.v1alpha1.OutOfMemoryRetry;
import dev.stagewright.api.v1alpha1.SandboxChoice;
import dev.stagewright.api.v1alpha1.StageResources;
import dev.stagewright.api.v1alpha1.StageSettings;
import dev.stagewright.api.v1alpha1.StageSettings.StageNetwork;
import dev.stagewright.api.v1alpha1.StageToleration;
import dev.stagewright.api.v1alpha1.StageVolume;
import dev.stagewright.layers.oci.Digest;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The settings of a stage that its Pod depends on. Two stages can share a Pod only if their
 * profiles are equal, which prepare decides by comparing digests.
 *
 * @param stage the name of a stage with a timeout, because no other stage may use up its time; null
 *     for other stages
 */
record PodProfile(
    @Nullable String stage,
    @Nullable StageResources resources,
    Map<String, String> nodeSelector,
    List<StageToleration> tolerations,
    @Nullable Map<String, Object> affinity,
    @Nullable String runtimeClassName,
    @Nullable String priorityClassName,
    List<BuildSecret> secrets,
    @Nullable StageNetwork networkPolicy,
    List<StageVolume> volumes,
    @Nullable SandboxChoice sandbox,
    @Nullable String timeout,
    @Nullable OutOfMemoryRetry outOfMemoryRetry,
    @Nullable Map<String, Object> podTemplate) {
  private static final ObjectMapper JSON =
      new ObjectMapper().enable(SerializationFeature.ORDER_MAP_ENTRIES_BY_KEYS);

  static PodProfile of(StageSettings settings) {
    return new PodProfile(
        settings.timeout() == null ? null : settings.name(),
        settings.resources(),
        settings.nodeSelector(),
        settings.tolerations(),
        settings.affinity(),
        settings.runtimeClassName(),
        settings.priorityClassName(),
        settings.secrets(),
        settings.networkPolicy(),
        settings.volumes(),
        settings.sandbox(),
        settings.timeout(),
        settings.outOfMemoryRetry(),
        settings.podTemplate());
  }

  /** Equal for equal profiles, whatever the order of keys in maps. */
  String digest() {
    try {
      return Digest.of(JSON.writeValueAsString(this).getBytes(StandardCharsets.UTF_8)).hex();
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("a profile consists of JSON values", e);
    }
  }
}
