package dev.stagewright.worker.images;

import dev.stagewright.layers.oci.ImageReference;
import dev.stagewright.registry.error.ErrorKind;
import dev.stagewright.registry.error.RegistryException;

/**
 * Hint for an image whose name may refer to another registry than the author expects.
 *
 * @param name as in the Dockerfile, with variables expanded
 * @param reference the reference that was looked up
 */
record RegistryHint(String name, ImageReference reference) {
  private static final String DOCKER_HUB = "docker.io";

  /** The hint to append to an error message; empty if there is no hint. */
  String of(RegistryException failure) {
    var registry = reference.registry();
    if (registry.equals("localhost") || registry.startsWith("localhost:")) {
      return "; localhost is the Pod itself: use an address of the registry that Pods can reach";
    }
    var isShort = registry.equals(DOCKER_HUB) && !ImageReference.namesRegistry(name);
    var isOfficial = !name.contains("/") && failure.kind() != ErrorKind.UNAVAILABLE;
    return isShort && !isOfficial
        ? "; %1$s has no registry name (a registry name has a dot or a port), so docker.io is used: write registry.example.com/%1$s to use another registry"
            .formatted(name)
        : "";
  }
}
