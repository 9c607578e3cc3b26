package dev.stagewright.kubectl.cluster;

import dev.stagewright.api.v1alpha1.ImageBuild;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.ManagedFieldsEntry;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.dsl.Resource;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import java.util.Objects;
import java.util.Optional;

/**
 * Creates and changes objects by server-side apply.
 *
 * @param manager the field manager
 */
public record BuildApplier(BuildReader builds, String manager) {
  private static final int FORBIDDEN = 403;
  private static final int CONFLICT = 409;
  private static final int INVALID = 422;
  private static final int MAX_TRIES = 20;

  /** Another client has created or changed the object meanwhile. */
  public static final class ConflictException extends Exception {
    private static final long serialVersionUID = 1L;

    ConflictException(String message, Throwable cause) {
      super(message, cause);
    }
  }

  /** The ImageBuild with this name, if there is one. */
  public Optional<ImageBuild> find(String name) throws ClusterException {
    return Optional.ofNullable(
        builds.request(
            "get ImageBuild " + name,
            () ->
                builds
                    .client()
                    .resources(ImageBuild.class)
                    .inNamespace(builds.namespace())
                    .withName(name)
                    .get()));
  }

  /**
   * Creates an ImageBuild.
   *
   * @throws ConflictException if there is one with this name
   */
  public ImageBuild create(GenericKubernetesResource build)
      throws ClusterException, ConflictException {
    var created = read(change(build, () -> resource(build).create()));
    build.getMetadata().setUid(created.getMetadata().getUid());
    var applied = read(change(build, () -> resource(build).patch(apply(), build)));
    disownCreation(created);
    return applied;
  }

  /**
   * Removes the creation from the field managers, so that only the apply that followed it owns
   * fields: a later apply then removes those that it does not have. An apply alone cannot require
   * that there is no object with the name.
   */
  private void disownCreation(ImageBuild created) throws ClusterException, ConflictException {
    var object =
        builds
            .client()
            .genericKubernetesResources(
                ImageBuild.GROUP + "/" + ImageBuild.VERSION, ImageBuild.KIND)
            .inNamespace(builds.namespace())
            .withName(created.getMetadata().getName());
    for (var tries = 1; ; tries++) {
      try {
        change(created, () -> object.edit(BuildApplier::withoutCreation));
        return;
      } catch (ConflictException e) {
        // The operator writes the status of the new object meanwhile.
        if (tries == MAX_TRIES) {
          throw e;
        }
      }
    }
  }

  private static GenericKubernetesResource withoutCreation(GenericKubernetesResource current) {
    var managers = current.getMetadata().getManagedFields();
    current
        .getMetadata()
        .setManagedFields(managers.stream().filter(fields -> !isCreation(fields)).toList());
    return current;
  }

  private static boolean isCreation(ManagedFieldsEntry fields) {
    return "Update".equals(fields.getOperation())
        && Objects.requireNonNullElse(fields.getSubresource(), "").isEmpty();
  }

  /**
   * Changes an ImageBuild, unless it has changed since it was read.
   *
   * @throws ConflictException if it has changed
   */
  public ImageBuild update(GenericKubernetesResource build, ImageBuild known)
      throws ClusterException, ConflictException {
    build.getMetadata().setUid(known.getMetadata().getUid());
    build.getMetadata().setResourceVersion(known.getMetadata().getResourceVersion());
    return read(change(build, () -> resource(build).patch(apply(), build)));
  }

  /** Creates or changes another object. */
  public void apply(HasMetadata object) throws ClusterException {
    try {
      change(object, () -> resource(object).patch(apply(), object));
    } catch (ConflictException e) {
      throw new ClusterException(String.valueOf(e.getMessage()), false, e);
    }
  }

  /** Deletes an object, if it exists. */
  public void delete(HasMetadata object) throws ClusterException {
    builds.request("delete " + description(object), () -> resource(object).delete());
  }

  private interface Change {
    HasMetadata run();
  }

  private HasMetadata change(HasMetadata object, Change change)
      throws ClusterException, ConflictException {
    try {
      return change.run();
    } catch (KubernetesClientException e) {
      var detail = e.getStatus() == null ? e.getMessage() : e.getStatus().getMessage();
      switch (e.getCode()) {
        case CONFLICT -> throw new ConflictException(String.valueOf(detail), e);
        case FORBIDDEN ->
            throw new ClusterException(
                "you are not allowed to apply %s in namespace %s: %s"
                    .formatted(description(object), builds.namespace(), detail));
        case INVALID ->
            throw new ClusterException("the API server rejects the build: " + detail, false, e);
        default -> throw builds.failure("apply " + description(object), e);
      }
    }
  }

  private ImageBuild read(HasMetadata object) {
    var serialization = builds.client().getKubernetesSerialization();
    return serialization.unmarshal(serialization.asJson(object), ImageBuild.class);
  }

  private Resource<HasMetadata> resource(HasMetadata object) {
    return builds.client().resource(object).inNamespace(builds.namespace());
  }

  private PatchContext apply() {
    return new PatchContext.Builder()
        .withPatchType(PatchType.SERVER_SIDE_APPLY)
        .withFieldManager(manager)
        .withForce(true)
        .build();
  }

  private static String description(HasMetadata object) {
    return object.getKind() + " " + object.getMetadata().getName();
  }
}
