package dev.stagewright.registry.call;

import dev.stagewright.layers.oci.ImageReference;
import dev.stagewright.registry.auth.Access;
import dev.stagewright.registry.auth.Scope;
import dev.stagewright.registry.error.Attempt;
import dev.stagewright.registry.host.Endpoint;
import java.net.URI;
import java.util.List;
import java.util.Optional;

/**
 * A repository at its registry.
 *
 * @param endpoint the registry
 * @param image the repository's name; tag and digest are those that a call is about
 */
public record Repository(Endpoint endpoint, ImageReference image) {

  /** The address of something in it, for example {@code blobs/sha256:…}. */
  public URI uri(String suffix) {
    return endpoint.uri(image.repository(), suffix);
  }

  /** The right to read it. */
  public Access pull() {
    return new Access(endpoint, image, List.of(Scope.pull(image.repository())));
  }

  /** The right to read and write it. */
  public Access push() {
    return new Access(endpoint, image, List.of(Scope.pullPush(image.repository())));
  }

  /** The right to write it, and to read another repository of the same registry. */
  public Access pushFrom(ImageReference source) {
    return new Access(
        endpoint,
        image,
        List.of(Scope.pullPush(image.repository()), Scope.pull(source.repository())));
  }

  /** What is attempted, for example {@code read the manifest of}, of this image. */
  public Attempt attempt(String action) {
    return attempt(action, image.toString());
  }

  /** What is attempted, for example {@code push blob sha256:… to}, in this repository. */
  public Attempt attemptInRepository(String action) {
    return attempt(action, image.name());
  }

  private Attempt attempt(String action, String object) {
    var asked = Optional.of(endpoint.authority()).filter(host -> !host.equals(image.registry()));
    return new Attempt(action + " " + object, asked);
  }
}
