package dev.stagewright.controller.decide;

import dev.stagewright.api.v1alpha1.ImageBuildSpec;
import dev.stagewright.controller.observe.PodFacts;
import dev.stagewright.controller.observe.PodState;
import dev.stagewright.controller.template.PodTemplates;
import dev.stagewright.protocol.Failure;
import dev.stagewright.protocol.FailureReason;

/** Tells of containers of a Pod that are not Stagewright's own: whose they are. */
record InjectedContainers(ImageBuildSpec spec) {
  Failure failed(PodFacts pod, PodState.InitFailed failed) {
    return Failure.of(
        FailureReason.InitContainerFailed,
        "%s of the Pod %s ended with %s; its log: kubectl logs %s -c %s"
            .formatted(
                init(failed.container()),
                pod.name(),
                failed.why(),
                pod.name(),
                failed.container()));
  }

  /** Whether the cluster's admission has added it. */
  boolean isAdded(String container) {
    return !new PodTemplates(spec).hasInitContainer(container);
  }

  Failure endless(PodFacts pod, String container) {
    return Failure.of(
        FailureReason.InitContainerFailed,
        "%s of the Pod %s does not end, so the build's own container cannot start; its log:"
                .formatted(init(container), pod.name())
            + " kubectl logs %s -c %s".formatted(pod.name(), container));
  }

  private String init(String container) {
    return "the init container " + container + whose(container);
  }

  /** In apposition, with commas. */
  String whose(String container) {
    return isAdded(container)
        ? ", which the cluster's admission (a service mesh or the like) has added and Stagewright"
            + " did not ask for,"
        : ", which a podTemplate asks for,";
  }
}
