package dev.stagewright.bench.soak;

import dev.stagewright.api.v1alpha1.ImageBuild;
import io.fabric8.kubernetes.client.dsl.Resource;
import org.jspecify.annotations.Nullable;

/** An ImageBuild, and what has been asked of it last. Who changes it does so one at a time. */
final class SoakBuild {
  static final String TAG = "1";

  private final SoakCluster cluster;
  private final String namespace;
  private final String name;

  private @Nullable Recipe recipe;
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
   * What has been asked of it last.
   *
   * @param generation of that spec
   */
  record Wanted(Recipe recipe, long generation, boolean suspended, boolean deleted) {}

  synchronized Wanted wanted() {
    if (recipe == null) {
      throw new IllegalStateException(this + " was not created");
    }
    return new Wanted(recipe, generation, suspended, deleted);
  }

  /** How often its spec was changed, or it was deleted, after it was created. */
  synchronized int changes() {
    return changes;
  }

  synchronized void create(Recipe first) {
    recipe = first;
    apply(first, false);
  }

  synchronized void edit(Recipe next) {
    recipe = next;
    changes++;
    apply(next, suspended);
  }

  synchronized void suspend(boolean suspend) {
    suspended = suspend;
    changes++;
    apply(wanted().recipe(), suspend);
  }

  synchronized void delete() {
    deleted = true;
    changes++;
    resource().delete();
  }

  private void apply(Recipe asked, boolean suspend) {
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
                .formatted(name, namespace, SoakCluster.MARK, operatorLabel())
            + asked.spec(image(), suspend).indent(2);
    var applied =
        cluster.client().resource(yaml).fieldManager("soak").forceConflicts().serverSideApply();
    generation = applied.getMetadata().getGeneration();
  }

  private String operatorLabel() {
    return cluster.operator().isEmpty()
        ? ""
        : "    stagewright.dev/operator: %s\n".formatted(cluster.operator());
  }

  /** The ImageBuild as the API server has it. */
  Resource<ImageBuild> resource() {
    return cluster.client().resources(ImageBuild.class).inNamespace(namespace).withName(name);
  }

  /** Where its image goes. */
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
