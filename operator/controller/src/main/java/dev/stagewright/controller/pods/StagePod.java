package dev.stagewright.controller.pods;

import dev.stagewright.api.v1alpha1.LocalReference;
import dev.stagewright.api.v1alpha1.StageSettings;
import dev.stagewright.controller.run.Labels;
import dev.stagewright.controller.run.Task;
import dev.stagewright.controller.template.StageTemplates;
import dev.stagewright.protocol.BuildPlan;
import dev.stagewright.protocol.RuntimeCommand;
import dev.stagewright.protocol.SandboxKind;
import dev.stagewright.protocol.StageBase;
import dev.stagewright.protocol.StagePlan;
import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.ContainerBuilder;
import io.fabric8.kubernetes.api.model.EnvVar;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.LocalObjectReference;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.api.model.PodSecurityContext;
import io.fabric8.kubernetes.api.model.PodSecurityContextBuilder;
import io.fabric8.kubernetes.api.model.SecurityContext;
import io.fabric8.kubernetes.api.model.SecurityContextBuilder;
import io.fabric8.kubernetes.api.model.VolumeMountBuilder;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * The Pod of a stage. Its image is the stage's base image, so that the kubelet pulls, unpacks and
 * caches it; our runtime comes in beside it.
 *
 * <p>It is root with the container runtime's default capabilities, as instructions expect, and gets
 * no token and no credentials but those that its instructions name. In a user namespace it has one
 * capability more, which means nothing outside of that. Privileges it has only where a RUN asks for
 * them, which the operator's configuration must allow.
 */
public record StagePod(PodContext context, BuildPlan plan, StagePlan stage) {

  /**
   * The field that lets commands have a {@code /proc} of their own. Without it they see the
   * container's.
   */
  public static final String OPTIONAL_FIELD = "procMount";

  /** Where the init container has the folder that the stage sees as the runtime's. */
  private static final String COPIED_RUNTIME = "/runtime";

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

  /** What has to be there before the Pod. */
  public List<HasMetadata> first() {
    return StageNetworkPolicy.isWanted(settings())
        ? List.of(new StageNetworkPolicy(context.run()).policy())
        : List.of();
  }

  private Optional<StageSettings> settings() {
    return new StageTemplates(context.spec()).of(stage);
  }

  /** The Pod for this attempt. */
  public Pod pod(int attempt) {
    var common = new RunPod(context, new Task.Stage(stage.id()), attempt);
    var root = new StageAncestry(plan).of(stage);
    var settings = settings();
    var mounts = new ArrayList<>(new StageVolumes(context, plan, stage).mounts(root, settings));
    var own = Set.copyOf(mounts.stream().map(MountedVolume::path).toList());
    settings.ifPresent(it -> mounts.addAll(new UserVolumes(it).mounts()));
    var isUserNamespace = context.sandbox() == SandboxKind.USER_NAMESPACE;
    var spec =
        common
            .spec()
            .withImagePullSecrets(
                Stream.concat(
                        context.spec().imagePullSecrets().stream().map(LocalReference::name),
                        context.accountSecrets().stream())
                    .map(LocalObjectReference::new)
                    .toList())
            .withHostUsers(isUserNamespace ? false : null)
            .withSecurityContext(isUserNamespace ? unconfinedByAppArmor() : seccomp().build())
            .withContainers(container(root, mounts))
            .withTopologySpreadConstraints(new TopologySpread(context.run()).constraint())
            .withVolumes(mounts.stream().map(MountedVolume::volume).distinct().toList());
    if (!context.imageVolumes()) {
      spec.withInitContainers(runtimeCopier());
    }
    var metadata =
        new ObjectMetaBuilder(common.metadata())
            .addToLabels(Labels.SANDBOX, context.sandbox().apiName())
            .addToLabels(new StageNetworkPolicy(context.run()).labels(settings))
            .build();
    var pod = new PodBuilder().withMetadata(metadata).withSpec(spec.build()).build();
    return UserVolumes.announced(common.finished(pod, settings), own);
  }

  private static PodSecurityContextBuilder seccomp() {
    return new PodSecurityContextBuilder()
        .withNewSeccompProfile()
        .withType("RuntimeDefault")
        .endSeccompProfile();
  }

  /** The container runtime's own profile forbids mounts, even inside a user namespace. */
  private static PodSecurityContext unconfinedByAppArmor() {
    return seccomp().withNewAppArmorProfile().withType("Unconfined").endAppArmorProfile().build();
  }

  private Container container(Optional<StageBase.Image> root, List<MountedVolume> mounts) {
    return new ContainerBuilder()
        .withName(RunPod.CONTAINER)
        .withImage(root.map(image -> image.pinned().toString()).orElse(context.image()))
        .withImagePullPolicy("IfNotPresent")
        .withCommand(command())
        .withWorkingDir("/")
        .withEnv(environment(root))
        .withSecurityContext(securityContext())
        .withNewResources()
        .withRequests(DefaultResources.STAGE_REQUESTS)
        .endResources()
        .withTerminationMessagePolicy("File")
        .withVolumeMounts(mounts.stream().map(MountedVolume::toVolumeMount).toList())
        .build();
  }

  private List<String> command() {
    return RuntimeCommand.stage(stage.id(), "--sandbox", context.sandbox().apiName());
  }

  private SecurityContext securityContext() {
    var security = new SecurityContextBuilder().withRunAsUser(0L).withRunAsGroup(0L);
    if (stage.needsPrivileges()) {
      return security.withPrivileged(true).build();
    }
    return context.sandbox() == SandboxKind.USER_NAMESPACE
        ? security
            .withNewCapabilities()
            .withAdd(namespaceCapabilities())
            .endCapabilities()
            // Only where nothing covers the Pod's own /proc can commands have one of theirs.
            .withProcMount("Unmasked")
            .build()
        : security.build();
  }

  /** The same Pod for a cluster whose policies forbid {@link #OPTIONAL_FIELD}. */
  public static Pod withoutOptionalField(Pod pod) {
    return pod.edit()
        .editSpec()
        .editMatchingContainer(container -> container.getName().equals(RunPod.CONTAINER))
        .editSecurityContext()
        .withProcMount(null)
        .endSecurityContext()
        .endContainer()
        .endSpec()
        .build();
  }

  /** What the runtime needs inside the user namespace; commands get none of it. */
  private List<String> namespaceCapabilities() {
    // A network namespace comes with a loopback interface that somebody has to bring up.
    return stage.needsOwnNetwork() ? List.of("SYS_ADMIN", "NET_ADMIN") : List.of("SYS_ADMIN");
  }

  private static List<EnvVar> environment(Optional<StageBase.Image> root) {
    var overridden =
        DANGEROUS.stream()
            .filter(name -> root.map(image -> image.environment().contains(name)).orElse(false))
            .map(name -> new EnvVar(name, "", null));
    var required =
        RuntimeCommand.stageEnvironment().entrySet().stream()
            .sorted(Map.Entry.comparingByKey())
            .map(entry -> new EnvVar(entry.getKey(), entry.getValue(), null));
    return Stream.concat(required, overridden).toList();
  }

  private Container runtimeCopier() {
    return new ContainerBuilder()
        .withName(StageVolumes.RUNTIME)
        .withImage(context.image())
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
            new VolumeMountBuilder()
                .withName(StageVolumes.RUNTIME)
                .withMountPath(COPIED_RUNTIME)
                .build())
        .build();
  }
}
