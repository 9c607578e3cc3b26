package dev.stagewright.controller.pods;

import dev.stagewright.controller.run.PodContainer;
import dev.stagewright.controller.run.Task;
import dev.stagewright.protocol.RuntimeCommand;
import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.ContainerBuilder;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodSpecBuilder;
import io.fabric8.kubernetes.api.model.Volume;
import java.util.List;
import java.util.Set;

/**
 * The Pods of prepare, check and push, which run no user code. They run as root, because a new
 * volume usually belongs to root, but without capabilities.
 *
 * @param access to registries
 */
public record WorkerPod(PodContext context, RegistryAccess access) {
  private static final String SCRATCH = "/tmp";

  /** The Pod that fetches the source and writes the plan. */
  public Pod prepare(int attempt) {
    var volumes = volumes();
    return pod(
        new Task.Prepare(),
        attempt,
        RuntimeCommand.prepare(),
        volumes.prepare(),
        volumes.prepareUnmounted());
  }

  /**
   * The Pod that checks whether the registry accepts the image. It does not use the workspace, so
   * it can run on any node.
   */
  public Pod check(int attempt) {
    return new WorkerPod(context.onAnyNode(), access)
        .pod(new Task.Check(), attempt, RuntimeCommand.check(), volumes().check(), List.of());
  }

  /** The Pod that assembles the image and pushes it. */
  public Pod push(int attempt) {
    return pod(new Task.Push(), attempt, RuntimeCommand.push(), volumes().push(), List.of());
  }

  private WorkerVolumes volumes() {
    return new WorkerVolumes(context, access, SCRATCH);
  }

  private Pod pod(
      Task task,
      int attempt,
      List<String> command,
      List<MountedVolume> mounts,
      List<Volume> unmounted) {
    var spec =
        new PodSpecBuilder()
            .withNewSecurityContext()
            .withRunAsUser(0L)
            .withRunAsGroup(0L)
            .withNewSeccompProfile()
            .withType("RuntimeDefault")
            .endSeccompProfile()
            .endSecurityContext()
            .withContainers(container(command, mounts))
            .withVolumes(MountedVolume.volumes(mounts))
            .addAllToVolumes(unmounted)
            .build();
    return new PodAssembly(context, task, attempt).assemble(spec, Set.of());
  }

  private Container container(List<String> command, List<MountedVolume> mounts) {
    return new ContainerBuilder()
        .withName(PodContainer.MAIN)
        .withImage(context.image())
        .withImagePullPolicy("IfNotPresent")
        .withCommand(command)
        .withWorkingDir(SCRATCH)
        .addNewEnv()
        .withName("HOME")
        .withValue(SCRATCH)
        .endEnv()
        .addAllToEnv(access.environment())
        .withNewSecurityContext()
        .withAllowPrivilegeEscalation(false)
        .withReadOnlyRootFilesystem(true)
        .withNewCapabilities()
        .withDrop("ALL")
        .endCapabilities()
        .endSecurityContext()
        .withNewResources()
        .withRequests(PodResources.WORKER_REQUESTS)
        .withLimits(PodResources.WORKER_LIMITS)
        .endResources()
        .withTerminationMessagePolicy("File")
        .withVolumeMounts(mounts.stream().map(MountedVolume::toVolumeMount).toList())
        .build();
  }
}
