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
 * A repository at a registry.
 *
 * @param endpoint the registry
 * @param image the name of the repository, with the tag or digest of the call
 */
public record Repository(Endpoint endpoint, ImageReference image) {

  /** Returns the address of a resource of the repository, for example {@code blobs/sha256:…}. */
  public URI uri(String suffix) {
    return endpoint.uri(image.repository(), suffix);
  }

  /** The permission to read the repository. */
  public AuthScope pull() {
    return new AuthScope(endpoint, image, List.of(TokenScope.pull(image.repository())));
  }

  /** The permission to read and write the repository. */
  public AuthScope push() {
    return new AuthScope(endpoint, image, List.of(TokenScope.pullPush(image.repository())));
  }

  /** The permission to delete manifests of the repository, which few accounts have. */
  public AuthScope delete() {
    return new AuthScope(endpoint, image, List.of(TokenScope.delete(image.repository())));
  }

  /**
   * The permission to write the repository, and to read another repository of the same registry.
   */
  public AuthScope pushFrom(ImageReference source) {
    return new AuthScope(
        endpoint,
        image,
        List.of(TokenScope.pullPush(image.repository()), TokenScope.pull(source.repository())));
  }

  /**
   * Returns an operation on this image, for error messages, for example {@code read the manifest
   * of}.
   */
  public Operation operation(String action) {
    return operation(action, image.toString());
  }

  /**
   * Returns an operation on this repository, for error messages, for example {@code push blob
   * sha256:… to}.
   */
  public Operation operationInRepository(String action) {
    return operation(action, image.name());
  }

  private Operation operation(String action, String object) {
    var requestedHost =
        Optional.of(endpoint.authority()).filter(host -> !host.equals(image.registry()));
    return new Operation(action + " " + object, requestedHost);
  }
}
