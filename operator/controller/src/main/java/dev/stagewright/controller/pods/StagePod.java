package dev.stagewright.controller.pods;

import dev.stagewright.controller.run.Part;
import dev.stagewright.protocol.BuildPlan;
import dev.stagewright.protocol.Mounts;
import dev.stagewright.protocol.RuntimeCommand;
import dev.stagewright.protocol.StageBase;
import dev.stagewright.protocol.StagePlan;
import dev.stagewright.protocol.Workspace;
import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.ContainerBuilder;
import io.fabric8.kubernetes.api.model.EnvVar;
import io.fabric8.kubernetes.api.model.LocalObjectReference;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.api.model.Quantity;
import io.fabric8.kubernetes.api.model.VolumeMountBuilder;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The Pod of a stage. Its image is the stage's base image, so that the kubelet pulls, unpacks and
 * caches it; our runtime comes in beside it.
 *
 * <p>It is root with the container runtime's default capabilities, as instructions expect, and gets
 * nothing else: no token, no credentials, and of the workspace only what it needs.
 */
public record StagePod(Blueprint blueprint, BuildPlan plan, StagePlan stage) {
  private static final Map<String, Quantity> REQUESTS =
      Map.of("cpu", new Quantity("100m"), "memory", new Quantity("128Mi"));

  /** Where the init container has the folder that the stage sees as the runtime's. */
  private static final String COPIED_RUNTIME = "/runtime";

  private static final String RUNTIME = "runtime";

  /** Variables that would make our runtime load or do something else. */
  private static final List<String> DANGEROUS =
      List.of(
          "LD_PRELOAD",
          "LD_LIBRARY_PATH",
          "LD_AUDIT",
          "GLIBC_TUNABLES",
          "JAVA_TOOL_OPTIONS",
          "_JAVA_OPTIONS",
          "JDK_JAVA_OPTIONS");

  /** The Pod for this attempt. */
  public Pod pod(int attempt) {
    var common = new RunPod(blueprint, new Part.Stage(stage.id()), attempt);
    var root = new StageRoot(plan).of(stage);
    var mounts = mounts(root);
    var spec =
        common
            .spec()
            .withImagePullSecrets(
                blueprint.spec().imagePullSecrets().stream()
                    .map(secret -> new LocalObjectReference(secret.name()))
                    .toList())
            .withNewSecurityContext()
            .withNewSeccompProfile()
            .withType("RuntimeDefault")
            .endSeccompProfile()
            .endSecurityContext()
            .withContainers(container(root, mounts))
            .withVolumes(mounts.stream().map(Mount::volume).distinct().toList());
    if (root.isPresent() && !blueprint.imageVolumes()) {
      spec.withInitContainers(runtimeCopier());
    }
    return new PodBuilder().withMetadata(common.metadata()).withSpec(spec.build()).build();
  }

  private Container container(Optional<StageBase.Image> root, List<Mount> mounts) {
    return new ContainerBuilder()
        .withName(RunPod.CONTAINER)
        .withImage(root.map(image -> image.pinned().toString()).orElse(blueprint.image()))
        .withImagePullPolicy("IfNotPresent")
        .withCommand(RuntimeCommand.stage(stage.id()))
        .withWorkingDir("/")
        .withEnv(environment(root))
        .withNewSecurityContext()
        .withRunAsUser(0L)
        .withRunAsGroup(0L)
        .endSecurityContext()
        .withNewResources()
        .withRequests(REQUESTS)
        .endResources()
        .withTerminationMessagePolicy("File")
        .withVolumeMounts(mounts.stream().map(Mount::toVolumeMount).toList())
        .build();
  }

  private static List<EnvVar> environment(Optional<StageBase.Image> root) {
    var overridden =
        DANGEROUS.stream()
            .filter(name -> root.map(image -> image.environment().contains(name)).orElse(false))
            .map(name -> new EnvVar(name, "", null));
    return Stream.concat(Stream.of(new EnvVar("LC_ALL", "C.UTF-8", null)), overridden).toList();
  }

  private List<Mount> mounts(Optional<StageBase.Image> root) {
    var mounts = new ArrayList<Mount>();
    mounts.add(Mount.configMap("plan", blueprint.run().names().plan(), Mounts.PLAN));
    mounts.add(workspace(Mounts.OWN, Workspace.stage(stage.id()), false));
    if (stage.usesContext()) {
      mounts.add(workspace(Mounts.CONTEXT, Workspace.CONTEXT, true));
    }
    for (var id : new StageRoot(plan).readBy(stage)) {
      mounts.add(workspace(Mounts.stage(id), Workspace.stage(id), true));
    }
    if (root.isPresent()) {
      mounts.add(
          blueprint.imageVolumes()
              ? Mount.image(RUNTIME, blueprint.image(), Mounts.RUNTIME_VOLUME)
              : Mount.emptyDir(RUNTIME, Mounts.RUNTIME_VOLUME, true));
    }
    return mounts;
  }

  private Mount workspace(String path, String subPath, boolean readOnly) {
    var claim = blueprint.run().names().workspace();
    return Mount.claim("workspace", claim, path, Optional.of(subPath), readOnly);
  }

  private Container runtimeCopier() {
    return new ContainerBuilder()
        .withName(RUNTIME)
        .withImage(blueprint.image())
        .withImagePullPolicy("IfNotPresent")
        .withCommand(RuntimeCommand.copyRuntime(COPIED_RUNTIME))
        .withNewSecurityContext()
        .withRunAsUser(0L)
        .withRunAsGroup(0L)
        .withAllowPrivilegeEscalation(false)
        .withNewCapabilities()
        .withDrop("ALL")
        .endCapabilities()
        .endSecurityContext()
        .withTerminationMessagePolicy("File")
        .withVolumeMounts(
            new VolumeMountBuilder().withName(RUNTIME).withMountPath(COPIED_RUNTIME).build())
        .build();
  }
}
