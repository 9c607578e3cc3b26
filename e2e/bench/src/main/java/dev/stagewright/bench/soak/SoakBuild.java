package dev.stagewright.bench.soak;

import dev.stagewright.api.v1alpha1.ImageBuild;
import io.fabric8.kubernetes.client.dsl.Resource;
import org.jspecify.annotations.Nullable;

/** An ImageBuild and its desired state. Changes are serialized. */
final class SoakBuild {
  static final String TAG = "1";

  private final SoakCluster cluster;
  private final String namespace;
  private final String name;

  private @Nullable SoakSpec spec;
  private long generation;
  private boolean suspended;
  private boolean deleted;
  private int changes;

  SoakBuild(SoakCluster cluster, String namespace, String name) {
    this.cluster = cluster;
    this.namespace = namespace;
    this.name = name;
  }

  /**
   * The desired state of the ImageBuild.
   *
   * @param generation generation of the spec
   */
  record DesiredState(SoakSpec spec, long generation, boolean suspended, boolean deleted) {}

  synchronized DesiredState desired() {
    if (spec == null) {
      throw new IllegalStateException(this + " was not created");
    }
    return new DesiredState(spec, generation, suspended, deleted);
  }

  /** The number of changes and deletions after the creation. */
  synchronized int changes() {
    return changes;
  }

  synchronized void create(SoakSpec first) {
    spec = first;
    apply(first, false);
  }

  synchronized void edit(SoakSpec next) {
    spec = next;
    changes++;
    apply(next, suspended);
  }

  synchronized void suspend(boolean suspend) {
    suspended = suspend;
    changes++;
    apply(desired().spec(), suspend);
  }

  synchronized void delete() {
    deleted = true;
    changes++;
    resource().delete();
  }

  private void apply(SoakSpec next, boolean suspend) {
    var yaml =
        """
        apiVersion: stagewright.dev/v1alpha1
        kind: ImageBuild
        metadata:
          name: %s
          namespace: %s
          labels:
            %s: "true"
        %sspec:
        """
                .formatted(name, namespace, SoakCluster.LABEL, operatorLabel())
            + next.yaml(image(), cluster.cacheRepository(), suspend).indent(2);
    var applied =
        cluster.client().resource(yaml).fieldManager("soak").forceConflicts().serverSideApply();
    generation = applied.getMetadata().getGeneration();
  }

  private String operatorLabel() {
    return cluster.operator().isEmpty()
        ? ""
        : "    stagewright.dev/operator: %s\n".formatted(cluster.operator());
  }

  /** The ImageBuild in the API server. */
  Resource<ImageBuild> resource() {
    return cluster.client().resources(ImageBuild.class).inNamespace(namespace).withName(name);
  }

  /** The reference of the image. */
  String image() {
    return cluster.registry() + "/" + repository() + ":" + TAG;
  }

  String repository() {
    return "soak/" + namespace + "/" + name;
  }

  /** {@code namespace/name}. */
  @Override
  public String toString() {
    return namespace + "/" + name;
  }
}
