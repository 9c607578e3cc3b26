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
 * A run: builds one generation of the spec of an ImageBuild.
 *
 * @param namespace of the ImageBuild and of all objects of the run
 * @param build name of the ImageBuild
 * @param uid of the ImageBuild
 * @param generation of the spec
 * @param podLabels labels that Pods inherit from the ImageBuild: those for Kueue
 */
public record BuildRun(
    String namespace, String build, String uid, long generation, Map<String, String> podLabels) {
  private static final Set<String> INHERITED_LABELS =
      Set.of(Labels.KUEUE_QUEUE, Labels.KUEUE_PRIORITY);

  /** Copies the map. */
  public BuildRun {
    podLabels = Map.copyOf(podLabels);
  }

  /** The run for the current generation. */
  public static BuildRun of(ImageBuild build) {
    var metadata = build.getMetadata();
    return new BuildRun(
        metadata.getNamespace(),
        metadata.getName(),
        metadata.getUid(),
        metadata.getGeneration(),
        inherited(Optional.ofNullable(metadata.getLabels()).orElse(Map.of())));
  }

  private static Map<String, String> inherited(Map<String, String> labels) {
    return labels.entrySet().stream()
        .filter(label -> INHERITED_LABELS.contains(label.getKey()))
        .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
  }

  /** The run for another generation. */
  public BuildRun withGeneration(long otherGeneration) {
    return new BuildRun(namespace, build, uid, otherGeneration, podLabels);
  }

  /** The generation that an object was created for; empty if it does not belong to a run. */
  public static Optional<Long> generation(HasMetadata object) {
    return Optional.ofNullable(object.getMetadata().getLabels())
        .flatMap(labels -> Optional.ofNullable(labels.get(Labels.RUN)))
        .map(Long::valueOf);
  }

  /** The names of the objects of the run. */
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

  /** Whether the object belongs to this run, and not to another run of the same ImageBuild. */
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
