package dev.stagewright.worker.check;

import dev.stagewright.layers.oci.ImageReference;
import dev.stagewright.protocol.BuildFailedException;
import dev.stagewright.protocol.BuildRequest.Destination;
import dev.stagewright.protocol.Failure;
import dev.stagewright.protocol.FailureReason;
import dev.stagewright.registry.RegistryClient;

/**
 * Finds images that would go to Docker Hub only because their name has no registry. Docker Hub
 * takes nothing without an account, so that is known before anybody is asked.
 *
 * @param destination where the image is to go
 * @param repository its name
 */
record DockerHubCheck(Destination destination, ImageReference repository) {
  private static final String DOCKER_HUB = "docker.io";

  /**
   * Returns if the image goes elsewhere, or there is an account.
   *
   * @throws BuildFailedException if not
   */
  void check(RegistryClient client) {
    if (!repository.registry().equals(DOCKER_HUB) || client.hasAccountFor(repository)) {
      return;
    }
    var name = repository.repository().replaceFirst("^library/", "");
    throw new BuildFailedException(
        Failure.of(
            FailureReason.InvalidRequest,
            ("%1$s.image: the image would go to docker.io/%2$s, which takes nothing without an"
                    + " account, and %1$s.credentials has none for docker.io; a name that begins"
                    + " with no registry, which has a dot or a port, means docker.io: write"
                    + " registry.example.com/%3$s")
                .formatted(destination.field(), repository.repository(), name)));
  }
}
