package dev.stagewright.controller.pods;

import dev.stagewright.api.v1alpha1.CacheMounts;
import dev.stagewright.api.v1alpha1.StageSettings;
import dev.stagewright.controller.run.Labels;
import dev.stagewright.controller.run.PodContainer;
import dev.stagewright.controller.run.PodVolume;
import dev.stagewright.controller.run.Task;
import dev.stagewright.controller.template.PodTemplates;
import dev.stagewright.layers.oci.ImageReference;
import dev.stagewright.protocol.BuildPlan;
import dev.stagewright.protocol.PrefixImage;
import dev.stagewright.protocol.RuntimeCommand;
import dev.stagewright.protocol.SandboxKind;
import dev.stagewright.protocol.StageBase;
import dev.stagewright.protocol.StagePlan;
import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.ContainerBuilder;
import io.fabric8.kubernetes.api.model.EnvVar;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.LocalObjectReference;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodSecurityContext;
import io.fabric8.kubernetes.api.model.PodSecurityContextBuilder;
import io.fabric8.kubernetes.api.model.PodSpecBuilder;
import io.fabric8.kubernetes.api.model.Quantity;
import io.fabric8.kubernetes.api.model.SecurityContext;
import io.fabric8.kubernetes.api.model.SecurityContextBuilder;
import io.fabric8.kubernetes.api.model.VolumeMountBuilder;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The Pod of a stage. Its image is the stage's base image, or an image with that and the files of
 * known steps, so that the kubelet pulls, unpacks and caches it; the stage runtime is mounted
 * beside it.
 *
 * <p>The container runs as root with the default capabilities of the container runtime, as
 * instructions expect, without a token, and only with the credentials that its instructions name.
 * In a user namespace it has one more capability, which has no effect outside that namespace. It is
 * privileged only if a RUN instruction requests that and the operator's configuration allows it.
 *
 * @param prefix the image with the files of known steps; empty to run the base image
 */
public record StagePod(
    PodContext context, BuildPlan plan, StagePlan stage, Optional<PrefixImage> prefix) {

  /**
   * The field that lets commands mount their own {@code /proc}. Without it they see that of the
   * container.
   */
  public static final String OPTIONAL_FIELD = "procMount";

  /** Where the init container mounts the volume that the stage sees as its runtime. */
  private static final String COPIED_RUNTIME = "/runtime";

  /** Variables that change how the stage runtime is loaded or started. */
  private static final List<String> LOADER_VARIABLES =
      List.of(
          "LD_PRELOAD",
          "LD_LIBRARY_PATH",
          "LD_AUDIT",
          "GLIBC_TUNABLES",
          "JAVA_TOOL_OPTIONS",
          "_JAVA_OPTIONS",
          "JDK_JAVA_OPTIONS");

  /**
   * Limits of one attempt, beside those of the spec for all Pods of the stage.
   *
   * @param timeout of the Pod; empty if only the timeout of the run applies
   * @param memory memory limit of the container; empty to keep that of its resources
   */
  public record Limits(Optional<Duration> timeout, Optional<Quantity> memory) {
    /** No further limits. */
    public static final Limits NONE = new Limits(Optional.empty(), Optional.empty());
  }

  /** The Pod of a stage that runs its base image. */
  public StagePod(PodContext context, BuildPlan plan, StagePlan stage) {
    this(context, plan, stage, Optional.empty());
  }

  /** The objects that must exist before the Pod. */
  public List<HasMetadata> prerequisites() {
    return StageNetworkPolicy.isRequired(settings())
        ? List.of(new StageNetworkPolicy(context.run()).policy())
        : List.of();
  }

  private Optional<StageSettings> settings() {
    return new PodTemplates(context.spec()).settings(stage);
  }

  /** The Pod of an attempt. */
  public Pod pod(int attempt, Limits limits) {
    var rootImage = rootImage(stage);
    var volumes = new StageVolumes(context, plan, stage, settings());
    var image = prefix.map(PrefixImage::image).or(() -> rootImage.map(StageBase.Image::pinned));
    var own = volumes.own(image);
    var mounts = Stream.concat(own.stream(), volumes.ofUser().stream()).toList();
    var isUserNamespace = context.sandbox() == SandboxKind.USER_NAMESPACE;
    var spec =
        new PodSpecBuilder()
            .withImagePullSecrets(pullSecretNames().map(LocalObjectReference::new).toList())
            .withHostUsers(isUserNamespace ? false : null)
            .withSecurityContext(isUserNamespace ? unconfinedByAppArmor() : seccomp().build())
            .withInitContainers(context.imageVolumes() ? List.of() : List.of(runtimeContainer()))
            .withContainers(container(rootImage, image, mounts))
            .withTopologySpreadConstraints(new PodScheduling(context).spread())
            .withVolumes(MountedVolume.volumes(mounts))
            .build();
    var task = new Task.Stage(stage.id());
    return new PodAssembly(context, task, attempt, settings(), limits)
        .assemble(
            labels(), spec, own.stream().map(MountedVolume::path).collect(Collectors.toSet()));
  }

  private Map<String, String> labels() {
    return prefix.isPresent() ? Map.of(Labels.PREFIX_IMAGE, "true") : Map.of();
  }

  /** The kubelet alone reads these Secrets; no container does. */
  private Stream<String> pullSecretNames() {
    var ofCache =
        prefix.stream().flatMap(_ -> new CacheLocation(context.spec()).pullSecretName().stream());
    return Stream.concat(context.pullSecretNames().stream(), ofCache).distinct();
  }

  /** The image at the end of the chain of FROM instructions; empty if that is scratch. */
  private Optional<StageBase.Image> rootImage(StagePlan current) {
    return switch (current.base()) {
      case StageBase.Scratch _ -> Optional.empty();
      case StageBase.Image image -> Optional.of(image);
      case StageBase.Stage(var parent) -> rootImage(plan.stage(parent));
    };
  }

  private static PodSecurityContextBuilder seccomp() {
    return new PodSecurityContextBuilder()
        .withNewSeccompProfile()
        .withType("RuntimeDefault")
        .endSeccompProfile();
  }

  /** The default profile of the container runtime forbids mounts, even in a user namespace. */
  private static PodSecurityContext unconfinedByAppArmor() {
    return seccomp().withNewAppArmorProfile().withType("Unconfined").endAppArmorProfile().build();
  }

  private Container container(
      Optional<StageBase.Image> rootImage,
      Optional<ImageReference> image,
      List<MountedVolume> mounts) {
    return new ContainerBuilder()
        .withName(PodContainer.MAIN)
        .withImage(image.map(ImageReference::toString).orElse(context.image()))
        .withImagePullPolicy("IfNotPresent")
        .withCommand(command())
        .withWorkingDir("/")
        .withEnv(environment(rootImage))
        .withSecurityContext(securityContext())
        .withNewResources()
        .withRequests(PodResources.STAGE_REQUESTS)
        .endResources()
        .withTerminationMessagePolicy("File")
        .withVolumeMounts(mounts.stream().map(MountedVolume::toVolumeMount).toList())
        .build();
  }

  private List<String> command() {
    var options = new ArrayList<>(List.of(stage.id(), "--sandbox", context.sandbox().apiName()));
    if (stage.usesCacheMounts()
        && context.cacheMounts() instanceof CacheStorage.Claim(_, _, _, _, var limit)) {
      if (context.spec().cache().mounts().scope() == CacheMounts.Scope.Build) {
        options.addAll(List.of("--cache-scope", context.run().build()));
      }
      limit.ifPresent(bytes -> options.addAll(List.of("--cache-limit", Long.toString(bytes))));
    }
    prefix.ifPresent(
        image -> options.addAll(List.of("--image-layers", Integer.toString(image.layers()))));
    return RuntimeCommand.stage(options.toArray(String[]::new));
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
            // Commands can mount their own /proc only if nothing masks that of the container.
            .withProcMount("Unmasked")
            .build()
        : security.build();
  }

  /** The same Pod without {@link #OPTIONAL_FIELD}, for clusters whose policies forbid it. */
  public static Pod withoutOptionalField(Pod pod) {
    return pod.edit()
        .editSpec()
        .editMatchingContainer(container -> container.getName().equals(PodContainer.MAIN))
        .editSecurityContext()
        .withProcMount(null)
        .endSecurityContext()
        .endContainer()
        .endSpec()
        .build();
  }

  /** The capabilities that the runtime needs in the user namespace. Commands do not get them. */
  private List<String> namespaceCapabilities() {
    // The loopback interface of a new network namespace is down.
    return stage.needsOwnNetwork() ? List.of("SYS_ADMIN", "NET_ADMIN") : List.of("SYS_ADMIN");
  }

  private static List<EnvVar> environment(Optional<StageBase.Image> rootImage) {
    var overridden =
        LOADER_VARIABLES.stream()
            .filter(
                name -> rootImage.map(image -> image.environment().contains(name)).orElse(false))
            .map(name -> new EnvVar(name, "", null));
    var required =
        RuntimeCommand.stageEnvironment().entrySet().stream()
            .sorted(Map.Entry.comparingByKey())
            .map(entry -> new EnvVar(entry.getKey(), entry.getValue(), null));
    return Stream.concat(required, overridden).toList();
  }

  private Container runtimeContainer() {
    return new ContainerBuilder()
        .withName(PodContainer.RUNTIME)
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
                .withName(PodVolume.RUNTIME.volumeName())
                .withMountPath(COPIED_RUNTIME)
                .build())
        .build();
  }
}
