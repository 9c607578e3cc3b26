package dev.stagewright.controller.pods;

import dev.stagewright.api.v1alpha1.StageSettings;
import dev.stagewright.api.v1alpha1.StageSettings.StageNetwork;
import dev.stagewright.controller.run.BuildRun;
import dev.stagewright.controller.run.Labels;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicy;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicyBuilder;
import java.util.Map;
import java.util.Optional;

/** Keeps stages from the network that are to reach nothing. */
public record StageNetworkPolicy(BuildRun run) {
  private static final String NONE = "none";

  /** Whether a stage with these settings is to reach nothing. */
  public static boolean isWanted(Optional<StageSettings> settings) {
    return settings.map(it -> it.networkPolicy() == StageNetwork.none).orElse(false);
  }

  /** Labels by which the policy finds the stage's Pod. */
  Map<String, String> labels(Optional<StageSettings> settings) {
    return isWanted(settings) ? Map.of(Labels.NETWORK, NONE) : Map.of();
  }

  /**
   * One for all such Pods of the run. It allows nothing in either direction: what a stage needs,
   * the kubelet mounts.
   */
  public NetworkPolicy policy() {
    return new NetworkPolicyBuilder()
        .withMetadata(run.metadata(run.names().isolation()))
        .withNewSpec()
        .withNewPodSelector()
        .addToMatchLabels(Labels.BUILD_UID, run.uid())
        .addToMatchLabels(Labels.RUN, Long.toString(run.generation()))
        .addToMatchLabels(Labels.NETWORK, NONE)
        .endPodSelector()
        .withPolicyTypes("Ingress", "Egress")
        .endSpec()
        .build();
  }
}
