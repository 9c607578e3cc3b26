package dev.stagewright.controller.pods;

import dev.stagewright.api.v1alpha1.KubernetesDuration;
import dev.stagewright.api.v1alpha1.StageSettings;
import dev.stagewright.controller.run.Labels;
import dev.stagewright.controller.run.Task;
import dev.stagewright.controller.template.PodTemplates;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.api.model.PodSpec;
import io.fabric8.kubernetes.api.model.VolumeMount;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;

/**
 * Assembles the Pod of one attempt of a task. {@link StagePod} and {@link WorkerPod} declare the
 * containers, volumes and security settings of their Pods; everything else is a step here, and the
 * order of the steps is fixed in {@link #steps} alone.
 *
 * @param task that the Pod performs; one of them for the worker Pod
 * @param settings of the stage; empty for the worker Pod
 * @param limits of this attempt
 */
record PodAssembly(
    PodContext context,
    Task task,
    int attempt,
    Optional<StageSettings> settings,
    StagePod.Limits limits) {
  /** Nothing that runs in a Pod has state to save. */
  private static final long GRACE_SECONDS = 2;

  /** Publish uses this time to record the steps that have succeeded, and otherwise ends at once. */
  private static final long WORKER_GRACE_SECONDS = 30;

  /** The operator checks the timeout of the run first; the kubelet is the fallback. */
  private static final Duration RUN_MARGIN = Duration.ofSeconds(30);

  /** The same for a stage. The kubelet's time includes pulling images and mounting volumes. */
  private static final Duration STAGE_MARGIN = Duration.ofMinutes(15);

  private static final String PATH_SEPARATOR = ":";

  /** The assembly of the worker Pod. */
  PodAssembly(PodContext context, Task task, int attempt) {
    this(context, task, attempt, Optional.empty(), StagePod.Limits.NONE);
  }

  /**
   * The complete Pod.
   *
   * @param ownMounts paths of the mounts that instructions of a stage do not see
   */
  Pod assemble(PodSpec declared, Set<String> ownMounts) {
    return assemble(Map.of(), declared, ownMounts);
  }

  /**
   * The complete Pod.
   *
   * @param labels labels of this Pod in addition to those of all Pods
   * @param ownMounts paths of the mounts that instructions of a stage do not see
   */
  Pod assemble(Map<String, String> labels, PodSpec declared, Set<String> ownMounts) {
    var pod =
        new PodBuilder()
            .withNewMetadata()
            .withLabels(labels)
            .endMetadata()
            .withSpec(declared)
            .build();
    for (var step : steps(ownMounts)) {
      pod = step.apply(pod);
    }
    return pod;
  }

  private List<UnaryOperator<Pod>> steps(Set<String> ownMounts) {
    var scheduling = new PodScheduling(context);
    return List.of(
        this::addMetadata,
        this::addCommonSettings,
        // Templates see the declared Pod. What follows depends on values that templates can set.
        this::applyTemplates,
        PodResources::clampRequestsToLimits,
        PodResources::shareWithRuntimeContainer,
        this::limitMemory,
        this::limitTime,
        PodScheduling::tolerateNodeFailure,
        scheduling::pinToNode,
        new CachePlacement(context)::place,
        pod -> passUserVolumes(pod, ownMounts));
  }

  private Pod addMetadata(Pod pod) {
    var run = context.run();
    var metadata =
        new ObjectMetaBuilder(run.metadata(run.names().pod(task.pod(), attempt)))
            .addToLabels(pod.getMetadata().getLabels())
            .addToLabels(run.podLabels())
            .addToLabels(Labels.POD_KEY, task.pod())
            .addToLabels(Labels.ATTEMPT, Integer.toString(attempt))
            // Draining a node in the middle of a build costs more than the node.
            .addToAnnotations("cluster-autoscaler.kubernetes.io/safe-to-evict", "false")
            // The container that kubectl logs shows if admission added other containers.
            .addToAnnotations("kubectl.kubernetes.io/default-container", task.container());
    if (task instanceof Task.Stage(var id)) {
      metadata
          .addToLabels(Labels.STAGE, id)
          .addToLabels(Labels.SANDBOX, context.sandbox().apiName())
          .addToLabels(new StageNetworkPolicy(run).labels(settings));
    }
    return new PodBuilder(pod).withMetadata(metadata.build()).build();
  }

  private Pod addCommonSettings(Pod pod) {
    var timeout = KubernetesDuration.parse(context.spec().timeout());
    return new PodBuilder(pod)
        .editSpec()
        .withRestartPolicy("Never")
        .withAutomountServiceAccountToken(false)
        .withEnableServiceLinks(false)
        .withTerminationGracePeriodSeconds(
            task.pod().equals(Task.WORKER) ? WORKER_GRACE_SECONDS : GRACE_SECONDS)
        .withActiveDeadlineSeconds(timeout.plus(RUN_MARGIN).toSeconds())
        .endSpec()
        .build();
  }

  private Pod applyTemplates(Pod pod) {
    return new PodTemplates(context.spec()).applyTo(pod, settings);
  }

  private Pod limitMemory(Pod pod) {
    return limits.memory().map(limit -> PodResources.limitMemory(pod, limit)).orElse(pod);
  }

  private Pod limitTime(Pod pod) {
    var ofRun = pod.getSpec().getActiveDeadlineSeconds();
    return limits
        .timeout()
        .map(timeout -> timeout.plus(STAGE_MARGIN).toSeconds())
        .filter(ofStage -> ofStage < ofRun)
        .map(ofStage ->
            new PodBuilder(pod).editSpec().withActiveDeadlineSeconds(ofStage).endSpec().build())
        .orElse(pod);
  }

  /**
   * Tells the stage runtime which mounts are the user's: instructions see them in every sandbox,
   * and their files become part of no layer.
   */
  private Pod passUserVolumes(Pod pod, Set<String> ownMounts) {
    var paths =
        pod.getSpec().getContainers().getFirst().getVolumeMounts().stream()
            .map(VolumeMount::getMountPath)
            .filter(path -> !ownMounts.contains(path))
            .toList();
    return paths.isEmpty() || !(task instanceof Task.Stage)
        ? pod
        : new PodBuilder(pod)
            .editSpec()
            .editFirstContainer()
            .addToCommand("--volumes", String.join(PATH_SEPARATOR, paths))
            .endContainer()
            .endSpec()
            .build();
  }
}
