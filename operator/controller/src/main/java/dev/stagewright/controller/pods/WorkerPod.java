package dev.stagewright.controller.pods;

import dev.stagewright.controller.run.Task;
import dev.stagewright.protocol.RuntimeCommand;
import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.ContainerBuilder;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodSpecBuilder;
import io.fabric8.kubernetes.api.model.Volume;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/**
 * The worker Pod, which runs no user code: its container prepare makes the plan, its container
 * publish pushes the image. Both start together. The containers run as root, because a new volume
 * usually belongs to root; prepare has no capabilities, publish has those that creating the files
 * of a stage takes.
 *
 * @param access to registries
 * @param usesCache whether the request of the run has a cache of instructions
 */
public record WorkerPod(PodContext context, RegistryAccess access, boolean usesCache) {
  private static final String SCRATCH = "/tmp";

  /** Owners, modes, device nodes and file capabilities of the files that a stage copies. */
  private static final List<String> FILE_CAPABILITIES =
      List.of("CHOWN", "DAC_OVERRIDE", "FOWNER", "FSETID", "MKNOD", "SETFCAP");

  /** The Pod of a run without a plan. */
  public Pod prepareAndPublish(int attempt) {
    var number = Integer.toString(attempt);
    var volumes = volumes();
    return pod(
        new Task.Prepare(),
        attempt,
        List.of(
            new Declared(
                new Task.Prepare(),
                RuntimeCommand.prepare("--attempt", number),
                volumes.prepare(),
                List.of(),
                context.spec().source().stream() != null),
            new Declared(
                new Task.Publish(),
                RuntimeCommand.publish("--attempt", number),
                volumes.publish(),
                FILE_CAPABILITIES,
                false)),
        volumes.unmounted());
  }

  /** The Pod of a run that has its plan, and whose earlier worker Pod has not published. */
  public Pod publish(int attempt) {
    return pod(
        new Task.Publish(),
        attempt,
        List.of(
            new Declared(
                new Task.Publish(),
                RuntimeCommand.publish(),
                volumes().publishAlone(),
                FILE_CAPABILITIES,
                false)),
        List.of());
  }

  /**
   * What differs between the containers.
   *
   * @param readsInput whether one client can attach to the container and send its input
   */
  private record Declared(
      Task task,
      List<String> command,
      List<MountedVolume> mounts,
      List<String> capabilities,
      boolean readsInput) {}

  private WorkerVolumes volumes() {
    return new WorkerVolumes(context, access, usesCache, SCRATCH);
  }

  private Pod pod(Task task, int attempt, List<Declared> containers, List<Volume> unmounted) {
    var mounts = containers.stream().flatMap(container -> container.mounts().stream()).toList();
    var spec =
        new PodSpecBuilder()
            .withNewSecurityContext()
            .withRunAsUser(0L)
            .withRunAsGroup(0L)
            .withNewSeccompProfile()
            .withType("RuntimeDefault")
            .endSeccompProfile()
            .endSecurityContext()
            .withContainers(containers.stream().map(this::container).toList())
            .withVolumes(
                Stream.concat(MountedVolume.volumes(mounts).stream(), unmounted.stream())
                    .distinct()
                    .toList())
            .build();
    return new PodAssembly(context, task, attempt).assemble(spec, Set.of());
  }

  private Container container(Declared declared) {
    return new ContainerBuilder()
        .withName(declared.task().container())
        .withImage(context.image())
        .withImagePullPolicy("IfNotPresent")
        .withStdin(declared.readsInput() ? true : null)
        .withStdinOnce(declared.readsInput() ? true : null)
        .withCommand(declared.command())
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
        .withAdd(declared.capabilities())
        .endCapabilities()
        .endSecurityContext()
        .withNewResources()
        .withRequests(PodResources.WORKER_REQUESTS)
        .withLimits(PodResources.WORKER_LIMITS)
        .endResources()
        .withTerminationMessagePolicy("File")
        .withVolumeMounts(declared.mounts().stream().map(MountedVolume::toVolumeMount).toList())
        .build();
  }
}
