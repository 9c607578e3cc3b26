package dev.stagewright.controller.pods;

import dev.stagewright.api.v1alpha1.ImageBuildSpec;
import dev.stagewright.controller.run.PodVolume;
import dev.stagewright.layers.oci.ImageReference;
import dev.stagewright.protocol.Mounts;
import java.util.List;
import java.util.Optional;

/** The repository of the cache of a build, and the volume of its credentials. */
public record CacheLocation(ImageBuildSpec spec) {
  /** The default repository, below that of the output. */
  private static final String DEFAULT_NAME = "cache";

  /** The directory of the credentials. */
  private static final String DIRECTORY = "cache";

  private static final String FIELD = "spec.cache.repository";

  /**
   * The repository, fully qualified.
   *
   * @throws IllegalArgumentException if it is not a repository; the message names the field
   */
  public String repository() {
    return reference().name();
  }

  private ImageReference reference() {
    var requested = spec.cache().repository();
    return requested == null ? ofOutput() : parse(requested);
  }

  private static ImageReference parse(String repository) {
    ImageReference reference;
    try {
      reference = ImageReference.parse(repository);
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(
          FIELD + ": " + e.getMessage() + ": '" + repository + "'", e);
    }
    var hasTag = repository.lastIndexOf(':') > repository.lastIndexOf('/');
    if (hasTag || reference.digest().isPresent()) {
      throw new IllegalArgumentException(
          FIELD + ": must be a repository without tag and digest, but is '" + repository + "'");
    }
    return reference;
  }

  private ImageReference ofOutput() {
    var repository = output().getFirst().repository() + "/" + DEFAULT_NAME;
    try {
      return ImageReference.parse(repository);
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(
          FIELD
              + ": the default, '"
              + repository
              + "', is too long; set another repository, or spec.cache.disabled",
          e);
    }
  }

  /** Path of the directory with the credentials; empty without credentials. */
  Optional<String> credentialsDirectory() {
    return own()
        .map(secret -> DIRECTORY + "/" + secret)
        .or(() ->
            sameRegistry()
                .flatMap(PushDestinations.Entry::credentialsDirectory)
                .or(() -> output().getFirst().credentialsDirectory()));
  }

  /** The name of the Secret with which the repository can be read; empty without credentials. */
  Optional<String> pullSecretName() {
    return own()
        .or(() -> sameRegistry().flatMap(PushDestinations.Entry::secretName))
        .or(() -> output().getFirst().secretName());
  }

  /** Name of the directory with the certificates; empty without certificates. */
  Optional<String> authoritiesDirectory() {
    return sameRegistry().flatMap(PushDestinations.Entry::authoritiesDirectory);
  }

  /** The volumes with credentials that the output does not have, for publish. */
  List<MountedVolume> mounts() {
    return own()
        .map(secret ->
            MountedVolume.secret(
                PodVolume.CACHE_CREDENTIALS,
                secret,
                Mounts.REGISTRY_CREDENTIALS + "/" + DIRECTORY + "/" + secret))
        .stream()
        .toList();
  }

  /** The name of the Secret of the cache. */
  private Optional<String> own() {
    return Optional.ofNullable(spec.cache().credentials()).map(secret -> secret.name());
  }

  private Optional<PushDestinations.Entry> sameRegistry() {
    var registry = reference().registry();
    return output().stream().filter(entry -> entry.registry().equals(registry)).findFirst();
  }

  private List<PushDestinations.Entry> output() {
    return new PushDestinations(spec.output()).entries();
  }
}
