package dev.stagewright.worker.check;

import dev.stagewright.layers.oci.ImageReference;
import dev.stagewright.protocol.BuildFailedException;
import dev.stagewright.protocol.BuildRequest.Destination;
import dev.stagewright.protocol.Failure;
import dev.stagewright.protocol.FailureReason;
import dev.stagewright.registry.RegistryClient;

/**
 * Rejects images that would be pushed to Docker Hub only because their name has no registry. Docker
 * Hub accepts no anonymous pushes, so this is known without a request.
 *
 * @param destination the destination of the image
 * @param repository the repository of the destination
 */
record DockerHubCheck(Destination destination, ImageReference repository) {
  private static final String DOCKER_HUB = "docker.io";

  /**
   * Returns if the image goes to another registry, or an account exists.
   *
   * @throws BuildFailedException if Docker Hub would reject the image
   */
  void check(RegistryClient client) {
    if (!repository.registry().equals(DOCKER_HUB) || client.hasAccountFor(repository)) {
      return;
    }
    var name = repository.repository().replaceFirst("^library/", "");
    throw new BuildFailedException(
        Failure.of(
            FailureReason.InvalidRequest,
            ("%1$s.image: the image would go to docker.io/%2$s, which accepts no pushes without an"
                    + " account, and %1$s.credentials has none for docker.io; a name without a registry"
                    + " host, which has a dot or a port, belongs to docker.io: use"
                    + " registry.example.com/%3$s")
                .formatted(destination.field(), repository.repository(), name)));
  }
}
