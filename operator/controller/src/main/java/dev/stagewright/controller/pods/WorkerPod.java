package dev.stagewright.controller.pods;

import dev.stagewright.controller.run.Task;
import dev.stagewright.protocol.Mounts;
import dev.stagewright.protocol.RuntimeCommand;
import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.ContainerBuilder;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.api.model.Volume;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The Pods that run no user code: prepare, check and push. They are root, because a fresh volume
 * most often belongs to root, but a root without any capability.
 *
 * @param context of the run
 * @param access to registries
 */
public record WorkerPod(PodContext context, RegistryAccess access) {
  private static final String SCRATCH = "/tmp";
  private static final String SOURCE = "source";

  /** Fetches the source and makes the plan. */
  public Pod prepare(int attempt) {
    var mounts = new ArrayList<MountedVolume>();
    mounts.add(workspace(false));
    mounts.add(request());
    mounts.addAll(source());
    mounts.addAll(new SecretVolumes(context.spec()).forFetching());
    mounts.addAll(registryCredentials());
    var task = new Task.Prepare();
    var pod =
        new PodBuilder(pod(task, attempt, RuntimeCommand.prepare(), mounts))
            .editSpec()
            .addAllToVolumes(cache())
            .endSpec()
            .build();
    return new RunPod(context, task, attempt).finished(pod, Optional.empty());
  }

  /**
   * Not mounted: the scheduler shall put prepare, which stages may have to follow, where the volume
   * can be had.
   */
  private List<Volume> cache() {
    return Optional.ofNullable(context.spec().cache())
        .map(cache -> StageVolumes.cache(cache).volume())
        .stream()
        .toList();
  }

  private List<MountedVolume> source() {
    var source = context.spec().source();
    var mounts = new ArrayList<MountedVolume>();
    if (source.configMap() != null) {
      mounts.add(MountedVolume.configMap(SOURCE, source.configMap().name(), Mounts.SOURCE));
    }
    if (source.persistentVolumeClaim() != null) {
      var claim = source.persistentVolumeClaim();
      var folder = Optional.ofNullable(claim.path());
      mounts.add(MountedVolume.claim(SOURCE, claim.claimName(), Mounts.SOURCE, folder, true));
    }
    if (source.git() != null && source.git().credentials() != null) {
      var name = source.git().credentials().name();
      mounts.add(MountedVolume.secret("git", name, Mounts.GIT_CREDENTIALS + "/" + name));
    }
    return mounts;
  }

  /**
   * Asks the registry whether it would take the image. It has nothing to do with the workspace, so
   * it may be on any node.
   */
  public Pod check(int attempt) {
    var mounts = new ArrayList<MountedVolume>();
    mounts.add(request());
    mounts.addAll(new PushDestinations(context.spec().output()).mounts());
    var task = new Task.Check();
    return new RunPod(context.anywhere(), task, attempt)
        .finished(pod(task, attempt, RuntimeCommand.check(), mounts), Optional.empty());
  }

  /** Puts the image together and pushes it. */
  public Pod push(int attempt) {
    var mounts = new ArrayList<MountedVolume>();
    mounts.add(workspace(true));
    mounts.add(request());
    mounts.add(MountedVolume.configMap("plan", context.run().names().plan(), Mounts.PLAN));
    mounts.addAll(new PushDestinations(context.spec().output()).mounts());
    mounts.addAll(registryCredentials());
    var task = new Task.Push();
    return new RunPod(context, task, attempt)
        .finished(pod(task, attempt, RuntimeCommand.push(), mounts), Optional.empty());
  }

  private MountedVolume workspace(boolean readOnly) {
    var claim = context.run().names().workspace();
    return MountedVolume.claim("workspace", claim, Mounts.WORKSPACE, Optional.empty(), readOnly);
  }

  private MountedVolume request() {
    return MountedVolume.configMap("request", context.run().names().request(), Mounts.REQUEST);
  }

  /** The folders have the Secrets' names, so that failures can name them. */
  private List<MountedVolume> registryCredentials() {
    var mounts = new ArrayList<MountedVolume>();
    var own = context.spec().imagePullSecrets();
    for (var i = 0; i < own.size(); i++) {
      var name = own.get(i).name();
      var volume = Mounts.PULL_SECRET + i;
      mounts.add(
          MountedVolume.secret(
              volume, name, Mounts.REGISTRY_CREDENTIALS + "/" + volume + "/" + name));
    }
    var others = context.accountSecrets();
    for (var i = 0; i < others.size(); i++) {
      var name = others.get(i);
      var volume = Mounts.ACCOUNT_SECRET + i;
      mounts.add(
          MountedVolume.optionalSecret(
              volume, name, Mounts.REGISTRY_CREDENTIALS + "/" + volume + "/" + name));
    }
    return mounts;
  }

  private Pod pod(Task task, int attempt, List<String> command, List<MountedVolume> mounts) {
    mounts.addAll(access.mounts());
    mounts.add(MountedVolume.emptyDir("tmp", SCRATCH, false));
    var common = new RunPod(context, task, attempt);
    return new PodBuilder()
        .withMetadata(common.metadata())
        .withSpec(
            common
                .spec()
                .withNewSecurityContext()
                .withRunAsUser(0L)
                .withRunAsGroup(0L)
                .withNewSeccompProfile()
                .withType("RuntimeDefault")
                .endSeccompProfile()
                .endSecurityContext()
                .withContainers(container(command, mounts))
                .withVolumes(mounts.stream().map(MountedVolume::volume).distinct().toList())
                .build())
        .build();
  }

  private Container container(List<String> command, List<MountedVolume> mounts) {
    return new ContainerBuilder()
        .withName(RunPod.CONTAINER)
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
        .withRequests(DefaultResources.WORKER_REQUESTS)
        .withLimits(DefaultResources.WORKER_LIMITS)
        .endResources()
        .withTerminationMessagePolicy("File")
        .withVolumeMounts(mounts.stream().map(MountedVolume::toVolumeMount).toList())
        .build();
  }
}
