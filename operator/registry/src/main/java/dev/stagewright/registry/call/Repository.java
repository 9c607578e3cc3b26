package dev.stagewright.registry.call;

import dev.stagewright.layers.oci.ImageReference;
import dev.stagewright.registry.auth.AuthScope;
import dev.stagewright.registry.auth.TokenScope;
import dev.stagewright.registry.error.Operation;
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
  public AuthScope pull() {
    return new AuthScope(endpoint, image, List.of(TokenScope.pull(image.repository())));
  }

  /** The right to read and write it. */
  public AuthScope push() {
    return new AuthScope(endpoint, image, List.of(TokenScope.pullPush(image.repository())));
  }

  /** The right to write it, and to read another repository of the same registry. */
  public AuthScope pushFrom(ImageReference source) {
    return new AuthScope(
        endpoint,
        image,
        List.of(TokenScope.pullPush(image.repository()), TokenScope.pull(source.repository())));
  }

  /** What is attempted, for example {@code read the manifest of}, of this image. */
  public Operation operation(String action) {
    return operation(action, image.toString());
  }

  /** What is attempted, for example {@code push blob sha256:… to}, in this repository. */
  public Operation operationInRepository(String action) {
    return operation(action, image.name());
  }

  private Operation operation(String action, String object) {
    var asked = Optional.of(endpoint.authority()).filter(host -> !host.equals(image.registry()));
    return new Operation(action + " " + object, asked);
  }
}
