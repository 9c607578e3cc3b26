package dev.stagewright.worker.images;

import dev.stagewright.layers.oci.ImageReference;
import dev.stagewright.registry.error.ErrorKind;
import dev.stagewright.registry.error.RegistryException;

/**
 * What to say of an image whose name may mean another registry than its author thinks.
 *
 * @param name as the Dockerfile has it, expanded
 * @param reference what it was looked for as
 */
record RegistryHint(String name, ImageReference reference) {
  private static final String DOCKER_HUB = "docker.io";

  /** The hint after an error's message; empty for none. */
  String of(RegistryException failure) {
    var registry = reference.registry();
    if (registry.equals("localhost") || registry.startsWith("localhost:")) {
      return "; localhost is the Pod itself: name the registry as the cluster reaches it";
    }
    var isShort = registry.equals(DOCKER_HUB) && !ImageReference.namesRegistry(name);
    var isMeant = !name.contains("/") && failure.kind() != ErrorKind.UNAVAILABLE;
    return isShort && !isMeant
        ? "; %1$s names no registry, which has a dot or a port, so docker.io is meant: write registry.example.com/%1$s for another"
            .formatted(name)
        : "";
  }
}
