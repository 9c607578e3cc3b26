package dev.stagewright.controller.pods;

import dev.stagewright.controller.run.Part;
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
 * @param blueprint of the run
 * @param access to registries
 */
public record WorkerPod(Blueprint blueprint, RegistryAccess access) {
  private static final String SCRATCH = "/tmp";
  private static final String SOURCE = "source";

  /** Fetches the source and makes the plan. */
  public Pod prepare(int attempt) {
    var mounts = new ArrayList<Mount>();
    mounts.add(workspace(false));
    mounts.add(request());
    mounts.addAll(source());
    mounts.addAll(new SecretVolumes(blueprint.spec()).forFetching());
    mounts.addAll(registryCredentials());
    var part = new Part.Prepare();
    var pod =
        new PodBuilder(pod(part, attempt, RuntimeCommand.prepare(), mounts))
            .editSpec()
            .addAllToVolumes(cache())
            .endSpec()
            .build();
    return new RunPod(blueprint, part, attempt).finished(pod, Optional.empty());
  }

  /**
   * Not mounted: the scheduler shall put prepare, which stages may have to follow, where the volume
   * can be had.
   */
  private List<Volume> cache() {
    return Optional.ofNullable(blueprint.spec().cache())
        .map(cache -> StageVolumes.cache(cache).volume())
        .stream()
        .toList();
  }

  private List<Mount> source() {
    var source = blueprint.spec().source();
    var mounts = new ArrayList<Mount>();
    if (source.configMap() != null) {
      mounts.add(Mount.configMap(SOURCE, source.configMap().name(), Mounts.SOURCE));
    }
    if (source.persistentVolumeClaim() != null) {
      var claim = source.persistentVolumeClaim();
      var folder = Optional.ofNullable(claim.path());
      mounts.add(Mount.claim(SOURCE, claim.claimName(), Mounts.SOURCE, folder, true));
    }
    if (source.git() != null && source.git().credentials() != null) {
      var name = source.git().credentials().name();
      mounts.add(Mount.secret("git", name, Mounts.GIT_CREDENTIALS + "/" + name));
    }
    return mounts;
  }

  /**
   * Asks the registry whether it would take the image. It has nothing to do with the workspace, so
   * it may be on any node.
   */
  public Pod check(int attempt) {
    var mounts = new ArrayList<Mount>();
    mounts.add(request());
    mounts.addAll(new Destinations(blueprint.spec().output()).mounts());
    var part = new Part.Check();
    return new RunPod(blueprint.anywhere(), part, attempt)
        .finished(pod(part, attempt, RuntimeCommand.check(), mounts), Optional.empty());
  }

  /** Puts the image together and pushes it. */
  public Pod push(int attempt) {
    var mounts = new ArrayList<Mount>();
    mounts.add(workspace(true));
    mounts.add(request());
    mounts.add(Mount.configMap("plan", blueprint.run().names().plan(), Mounts.PLAN));
    mounts.addAll(new Destinations(blueprint.spec().output()).mounts());
    mounts.addAll(registryCredentials());
    var part = new Part.Push();
    return new RunPod(blueprint, part, attempt)
        .finished(pod(part, attempt, RuntimeCommand.push(), mounts), Optional.empty());
  }

  private Mount workspace(boolean readOnly) {
    var claim = blueprint.run().names().workspace();
    return Mount.claim("workspace", claim, Mounts.WORKSPACE, Optional.empty(), readOnly);
  }

  private Mount request() {
    return Mount.configMap("request", blueprint.run().names().request(), Mounts.REQUEST);
  }

  /** The folders have the Secrets' names, so that failures can name them. */
  private List<Mount> registryCredentials() {
    var mounts = new ArrayList<Mount>();
    var own = blueprint.spec().imagePullSecrets();
    for (var i = 0; i < own.size(); i++) {
      var name = own.get(i).name();
      var volume = Mounts.PULL_SECRET + i;
      mounts.add(
          Mount.secret(volume, name, Mounts.REGISTRY_CREDENTIALS + "/" + volume + "/" + name));
    }
    var others = blueprint.accountSecrets();
    for (var i = 0; i < others.size(); i++) {
      var name = others.get(i);
      var volume = Mounts.ACCOUNT_SECRET + i;
      mounts.add(
          Mount.optionalSecret(
              volume, name, Mounts.REGISTRY_CREDENTIALS + "/" + volume + "/" + name));
    }
    return mounts;
  }

  private Pod pod(Part part, int attempt, List<String> command, List<Mount> mounts) {
    mounts.addAll(access.mounts());
    mounts.add(Mount.emptyDir("tmp", SCRATCH, false));
    var common = new RunPod(blueprint, part, attempt);
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
                .withVolumes(mounts.stream().map(Mount::volume).distinct().toList())
                .build())
        .build();
  }

  private Container container(List<String> command, List<Mount> mounts) {
    return new ContainerBuilder()
        .withName(RunPod.CONTAINER)
        .withImage(blueprint.image())
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
        .withRequests(OwnResources.WORKER_REQUESTS)
        .withLimits(OwnResources.WORKER_LIMITS)
        .endResources()
        .withTerminationMessagePolicy("File")
        .withVolumeMounts(mounts.stream().map(Mount::toVolumeMount).toList())
        .build();
  }
}
