package dev.stagewright.controller.pods;

import dev.stagewright.api.v1alpha1.StageSettings;
import dev.stagewright.api.v1alpha1.StageSettings.StageNetwork;
import dev.stagewright.controller.run.BuildRun;
import dev.stagewright.controller.run.Labels;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicy;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicyBuilder;
import java.util.Map;
import java.util.Optional;

/** The network policy of stages with {@code networkPolicy: none}. */
public record StageNetworkPolicy(BuildRun run) {
  private static final String NONE = "none";

  /** Whether a stage with these settings needs the policy. */
  public static boolean isRequired(Optional<StageSettings> settings) {
    return settings.map(it -> it.networkPolicy() == StageNetwork.none).orElse(false);
  }

  /** The labels by which the policy selects the stage's Pod. */
  Map<String, String> labels(Optional<StageSettings> settings) {
    return isRequired(settings) ? Map.of(Labels.NETWORK, NONE) : Map.of();
  }

  /**
   * One policy for all such Pods of the run. It denies all traffic in both directions, since the
   * kubelet mounts everything that a stage needs.
   */
  public NetworkPolicy policy() {
    return new NetworkPolicyBuilder()
        .withMetadata(run.metadata(run.names().networkPolicy()))
        .withNewSpec()
        .withNewPodSelector()
        .addToMatchLabels(Labels.BUILD_UID, run.uid())
        .addToMatchLabels(Labels.RUN, Long.toString(run.number()))
        .addToMatchLabels(Labels.NETWORK, NONE)
        .endPodSelector()
        .withPolicyTypes("Ingress", "Egress")
        .endSpec()
        .build();
  }
}
