package dev.stagewright.controller.run;

import dev.stagewright.api.v1alpha1.ImageBuild;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.api.model.OwnerReference;
import io.fabric8.kubernetes.api.model.OwnerReferenceBuilder;
import java.util.Map;

/**
 * One generation of an ImageBuild being built.
 *
 * @param namespace of the ImageBuild, and of all that the run creates
 * @param build name of the ImageBuild
 * @param uid of the ImageBuild
 * @param generation of the spec
 */
public record Run(String namespace, String build, String uid, long generation) {

  /** The run that builds the current spec. */
  public static Run of(ImageBuild build) {
    var metadata = build.getMetadata();
    return new Run(
        metadata.getNamespace(), metadata.getName(), metadata.getUid(), metadata.getGeneration());
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
