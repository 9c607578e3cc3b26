package dev.stagewright.controller.run;

import dev.stagewright.api.v1alpha1.ImageBuild;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.api.model.OwnerReference;
import io.fabric8.kubernetes.api.model.OwnerReferenceBuilder;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * A run: builds the spec of an ImageBuild once.
 *
 * @param namespace of the ImageBuild and of all objects of the run
 * @param build name of the ImageBuild
 * @param uid of the ImageBuild
 * @param start its number, and what started it
 * @param podLabels labels that Pods inherit from the ImageBuild: those for Kueue
 */
public record BuildRun(
    String namespace, String build, String uid, RunStart start, Map<String, String> podLabels) {
  private static final Set<String> INHERITED_LABELS =
      Set.of(Labels.KUEUE_QUEUE, Labels.KUEUE_PRIORITY);

  /** Copies the map. */
  public BuildRun {
    podLabels = Map.copyOf(podLabels);
  }

  /** The run that an ImageBuild requires at this time. */
  public static BuildRun of(RunInputs inputs, Instant now) {
    var metadata = inputs.build().getMetadata();
    return new BuildRun(
        metadata.getNamespace(),
        metadata.getName(),
        metadata.getUid(),
        RunStart.of(inputs, now),
        inherited(Optional.ofNullable(metadata.getLabels()).orElse(Map.of())));
  }

  private static Map<String, String> inherited(Map<String, String> labels) {
    return labels.entrySet().stream()
        .filter(label -> INHERITED_LABELS.contains(label.getKey()))
        .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
  }

  /** Another run of the same ImageBuild. */
  public BuildRun withStart(RunStart other) {
    return new BuildRun(namespace, build, uid, other, podLabels);
  }

  /** The number of the run. */
  public long number() {
    return start.number();
  }

  /** The generation of the spec that the run builds. */
  public long generation() {
    return start.generation();
  }

  /** The number of the run of an object; empty if it does not belong to a run. */
  public static Optional<Long> number(HasMetadata object) {
    return Optional.ofNullable(object.getMetadata().getLabels())
        .flatMap(labels -> Optional.ofNullable(labels.get(Labels.RUN)))
        .map(Long::valueOf);
  }

  /** The names of the objects of the run. */
  public RunNames names() {
    return new RunNames(build, number());
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
                Long.toString(number())))
        .withOwnerReferences(owner())
        .build();
  }

  /** Whether the object belongs to this run, and not to another run of the same ImageBuild. */
  public boolean owns(HasMetadata object) {
    var labels = object.getMetadata().getLabels();
    return labels != null
        && uid.equals(labels.get(Labels.BUILD_UID))
        && Long.toString(number()).equals(labels.get(Labels.RUN));
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
