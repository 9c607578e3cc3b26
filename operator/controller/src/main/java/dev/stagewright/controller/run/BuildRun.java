package dev.stagewright.controller.run;

import dev.stagewright.api.v1alpha1.ImageBuild;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.api.model.OwnerReference;
import io.fabric8.kubernetes.api.model.OwnerReferenceBuilder;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * One generation of an ImageBuild being built.
 *
 * @param namespace of the ImageBuild, and of all that the run creates
 * @param build name of the ImageBuild
 * @param uid of the ImageBuild
 * @param generation of the spec
 * @param podLabels labels of the ImageBuild that its Pods have too: those for Kueue
 */
public record BuildRun(
    String namespace, String build, String uid, long generation, Map<String, String> podLabels) {
  private static final Set<String> PASSED_ON = Set.of(Labels.KUEUE_QUEUE, Labels.KUEUE_PRIORITY);

  /** Copies the map. */
  public BuildRun {
    podLabels = Map.copyOf(podLabels);
  }

  /** The run that builds the current spec. */
  public static BuildRun of(ImageBuild build) {
    var metadata = build.getMetadata();
    return new BuildRun(
        metadata.getNamespace(),
        metadata.getName(),
        metadata.getUid(),
        metadata.getGeneration(),
        passedOn(Optional.ofNullable(metadata.getLabels()).orElse(Map.of())));
  }

  private static Map<String, String> passedOn(Map<String, String> labels) {
    return labels.entrySet().stream()
        .filter(label -> PASSED_ON.contains(label.getKey()))
        .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
  }

  /** The run of another generation. */
  public BuildRun at(long otherGeneration) {
    return new BuildRun(namespace, build, uid, otherGeneration, podLabels);
  }

  /** The generation that an object was made for; empty where it is none of ours. */
  public static Optional<Long> generation(HasMetadata object) {
    return Optional.ofNullable(object.getMetadata().getLabels())
        .flatMap(labels -> Optional.ofNullable(labels.get(Labels.RUN)))
        .map(Long::valueOf);
  }

  /** What the run's objects are called. */
  public RunNames names() {
    return new RunNames(build, generation);
  }

  /** Metadata for an object of this run. */
  public ObjectMeta metadata(String name) {
    return new ObjectMetaBuilder()
        .withNamespace(namespace)
        .withName(name)
        .addToLabels(
            Map.of(
                Labels.MANAGED_BY,
                Labels.STAGEWRIGHT,
                Labels.BUILD_UID,
                uid,
                Labels.RUN,
                Long.toString(generation)))
        .withOwnerReferences(owner())
        .build();
  }

  /** Whether the object was made for this run, and not for another one of the same ImageBuild. */
  public boolean owns(HasMetadata object) {
    var labels = object.getMetadata().getLabels();
    return labels != null
        && uid.equals(labels.get(Labels.BUILD_UID))
        && Long.toString(generation).equals(labels.get(Labels.RUN));
  }

  private OwnerReference owner() {
    return new OwnerReferenceBuilder()
        .withApiVersion(ImageBuild.GROUP + "/" + ImageBuild.VERSION)
        .withKind(ImageBuild.KIND)
        .withName(build)
        .withUid(uid)
        .withController(true)
        .withBlockOwnerDeletion(false)
        .build();
  }
}
