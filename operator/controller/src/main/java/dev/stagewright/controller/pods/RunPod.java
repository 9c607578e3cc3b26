package dev.stagewright.controller.pods;

import dev.stagewright.api.v1alpha1.KubernetesDuration;
import dev.stagewright.api.v1alpha1.StageSettings;
import dev.stagewright.controller.run.Labels;
import dev.stagewright.controller.run.Task;
import dev.stagewright.controller.template.PodTemplates;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodSpecBuilder;
import java.time.Duration;
import java.util.Optional;

/** What all Pods of a run have in common. */
record RunPod(PodContext context, Task task, int attempt) {
  /** Name of the container whose termination message counts. */
  static final String CONTAINER = "main";

  /** Time for what runs in the Pod to end itself; nothing of ours has anything to save. */
  private static final long GRACE_SECONDS = 2;

  /** The operator's own check of the timeout comes first, where it is up. */
  private static final Duration DEADLINE_MARGIN = Duration.ofSeconds(30);

  ObjectMeta metadata() {
    var run = context.run();
    var metadata =
        new ObjectMetaBuilder(run.metadata(run.names().pod(task, attempt)))
            .addToLabels(run.podLabels())
            .addToLabels(Labels.PART, task.key())
            .addToLabels(Labels.ATTEMPT, Integer.toString(attempt))
            // A node that is scaled down under a build costs more than it saves.
            .addToAnnotations("cluster-autoscaler.kubernetes.io/safe-to-evict", "false")
            // Whose log kubectl shows where others have added containers.
            .addToAnnotations("kubectl.kubernetes.io/default-container", CONTAINER);
    if (task instanceof Task.Stage(var id)) {
      metadata.addToLabels(Labels.STAGE, id);
    }
    return metadata.build();
  }

  PodSpecBuilder spec() {
    var timeout = KubernetesDuration.parse(context.spec().timeout());
    return new PodSpecBuilder()
        .withRestartPolicy("Never")
        .withAutomountServiceAccountToken(false)
        .withEnableServiceLinks(false)
        .withTerminationGracePeriodSeconds(GRACE_SECONDS)
        .withActiveDeadlineSeconds(timeout.plus(DEADLINE_MARGIN).toSeconds());
  }

  /** The Pod as the spec wants it: templates merged in, and on the run's node where it has one. */
  Pod finished(Pod pod, Optional<StageSettings> settings) {
    var templated =
        DefaultResources.shared(new PodTemplates(context.spec()).applyTo(pod, settings));
    var patient = new NodeFailureTolerations().leftBy(templated);
    return context.node().map(node -> new NodeAffinityPin(node).pin(patient)).orElse(patient);
  }
}
