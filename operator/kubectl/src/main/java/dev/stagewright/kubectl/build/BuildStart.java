package dev.stagewright.kubectl.build;

import dev.stagewright.api.v1alpha1.ImageBuild;
import dev.stagewright.kubectl.cluster.BuildApplier;
import dev.stagewright.kubectl.cluster.BuildApplier.ConflictException;
import dev.stagewright.kubectl.cluster.ClusterException;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/**
 * Starts a run of an ImageBuild that exists, or of a new one. Two clients never use one ImageBuild
 * at the same time: while a run is active, another client creates an ImageBuild of its own, which
 * is deleted some time after its run.
 */
public record BuildStart(BuildApplier applier, String namespace, BuildManifest manifest) {
  private static final int MAX_TRIES = 10;
  private static final int SUFFIX_LENGTH = 5;
  private static final Map<String, Object> TEMPORARY = Map.of("ttlAfterFinished", "1h");

  /** The name that the user gave is in use. */
  public static final class NameInUseException extends Exception {
    private static final long serialVersionUID = 1L;

    NameInUseException(String message) {
      super(message);
    }
  }

  /**
   * Starts a run of the ImageBuild that the user has named.
   *
   * @throws NameInUseException if it has an active run, or was not made by this command
   */
  public StartedBuild startNamed(String name) throws ClusterException, NameInUseException {
    for (var tries = 0; tries < MAX_TRIES; tries++) {
      var existing = applier.find(name);
      if (existing.isPresent()) {
        check(name, existing.get());
      }
      try {
        return start(name, existing, Map.of());
      } catch (ConflictException _) {
        // The operator has written the status, or another client was faster: look again.
      }
    }
    throw busy(name);
  }

  private static void check(String name, ImageBuild existing) throws NameInUseException {
    if (!isOwn(existing)) {
      throw new NameInUseException(
          "the ImageBuild %s exists and was not made by stagewright build; choose another --name"
              .formatted(name));
    }
    if (isActive(existing)) {
      throw new NameInUseException(
          "the build %1$s is in progress; wait for it, stop it with stagewright cancel %1$s, or choose another --name"
              .formatted(name));
    }
  }

  private static ClusterException busy(String name) {
    return new ClusterException(
        "other clients change the build %s again and again; try again, or choose another --name"
            .formatted(name));
  }

  /** Starts a run of an ImageBuild with this name, or with this name and a suffix. */
  public StartedBuild start(String name) throws ClusterException {
    for (var tries = 0; tries < MAX_TRIES; tries++) {
      try {
        var existing = applier.find(name);
        return existing.isPresent() && (!isOwn(existing.get()) || isActive(existing.get()))
            ? start(name + "-" + random(SUFFIX_LENGTH), Optional.empty(), TEMPORARY)
            : start(name, existing, Map.of());
      } catch (ConflictException _) {
        // The operator has written the status, or another client was faster: look again.
      }
    }
    throw busy(name);
  }

  private StartedBuild start(String name, Optional<ImageBuild> existing, Map<String, Object> fields)
      throws ClusterException, ConflictException {
    var trigger = random(16);
    var object =
        manifest.object(name, namespace, Map.of(ImageBuild.REBUILD_ANNOTATION, trigger), fields);
    if (existing.isPresent()) {
      var started = applier.update(object, existing.get());
      applySecrets(name, Optional.of(started.getMetadata().getUid()));
      return new StartedBuild(started, trigger);
    }
    // A run must find its Secrets. They get their owner as soon as there is one.
    var secrets = manifest.secrets().objects(name, namespace, Optional.empty());
    for (var secret : secrets) {
      applier.apply(secret);
    }
    var isCreated = false;
    try {
      var started = applier.create(object);
      isCreated = true;
      applySecrets(name, Optional.of(started.getMetadata().getUid()));
      return new StartedBuild(started, trigger);
    } finally {
      if (!isCreated) {
        for (var secret : secrets) {
          applier.delete(secret);
        }
      }
    }
  }

  private void applySecrets(String name, Optional<String> uid) throws ClusterException {
    for (var secret : manifest.secrets().objects(name, namespace, uid)) {
      applier.apply(secret);
    }
  }

  private static boolean isOwn(ImageBuild build) {
    var labels = Optional.ofNullable(build.getMetadata().getLabels()).orElse(Map.of());
    return BuildManifest.MANAGER.equals(labels.get(BuildManifest.MANAGED_BY));
  }

  private static boolean isActive(ImageBuild build) {
    var status = build.getStatus();
    return build.getMetadata().getDeletionTimestamp() != null
        || status == null
        || !status.hasEnded()
        || !status.isUpToDate(build.getMetadata());
  }

  private static String random(int length) {
    return UUID.randomUUID().toString().replace("-", "").substring(0, length);
  }
}
