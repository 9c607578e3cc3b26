package dev.stagewright.controller.assess;

import dev.stagewright.api.v1alpha1.ImageBuildSpec;
import dev.stagewright.controller.podstatus.PodFacts;
import dev.stagewright.controller.podstatus.PodTermination;
import dev.stagewright.controller.template.PodTemplates;
import dev.stagewright.protocol.Failure;
import dev.stagewright.protocol.FailureReason;

/** Describes containers of a Pod that are not part of Stagewright, and who defines them. */
record InjectedContainers(ImageBuildSpec spec) {
  Failure failed(PodFacts pod, PodTermination.InitContainerFailed failed) {
    return Failure.of(
        FailureReason.InitContainerFailed,
        "%s of the Pod %s ended with %s; to see its log: kubectl logs %s -c %s"
            .formatted(
                describe(failed.container()),
                pod.name(),
                failed.cause(),
                pod.name(),
                failed.container()));
  }

  /** Whether the cluster's admission has injected the container. */
  boolean isInjected(String container) {
    return !new PodTemplates(spec).hasInitContainer(container);
  }

  Failure doesNotEnd(PodFacts pod, String container) {
    return Failure.of(
        FailureReason.InitContainerFailed,
        "%s of the Pod %s does not end, so the main container cannot start; to see its log:"
                .formatted(describe(container), pod.name())
            + " kubectl logs %s -c %s".formatted(pod.name(), container));
  }

  private String describe(String container) {
    return "the init container " + container + origin(container);
  }

  /** Who defines the container, as a clause between commas. */
  String origin(String container) {
    return isInjected(container)
        ? ", which the cluster's admission (for example a service mesh) has injected,"
        : ", which a podTemplate defines,";
  }
}
