package dev.stagewright.worker.registries;

import dev.stagewright.harbor.HarborClient;
import dev.stagewright.layers.oci.ImageReference;
import dev.stagewright.protocol.BuildRequest;
import dev.stagewright.protocol.BuildRequest.Destination;
import dev.stagewright.registry.RegistryClient;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** The clients to push with: one for each repository that a request's image goes to. */
public final class DestinationClients implements AutoCloseable {
  private final Map<String, Pair> clients = new HashMap<>();

  /**
   * Clients with the same credentials.
   *
   * @param registry for what every registry has
   * @param harbor for what only Harbor has
   */
  private record Pair(RegistryClient registry, HarborClient harbor) {
    void close() {
      registry.close();
      harbor.close();
    }
  }

  private DestinationClients() {}

  /**
   * Opens them. Of two destinations with the same repository the first one's credentials count.
   *
   * @throws dev.stagewright.protocol.BuildFailedException if a Secret, a certificate or the table
   *     of hosts cannot be read
   */
  public static DestinationClients open(Clients from, BuildRequest request) throws IOException {
    var opened = new DestinationClients();
    try {
      for (var destination : request.output().destinations()) {
        opened.add(destination, from, request);
      }
    } catch (RuntimeException | IOException e) {
      opened.close();
      throw e;
    }
    return opened;
  }

  private void add(Destination destination, Clients from, BuildRequest request) throws IOException {
    if (!clients.containsKey(destination.repository())) {
      clients.put(
          destination.repository(),
          new Pair(from.open(request, destination), from.openHarbor(request, destination)));
    }
  }

  /** That of the image's repository, which has to be a destination's. */
  public RegistryClient of(ImageReference image) {
    return pair(image).registry();
  }

  /** The same for what only Harbor has. */
  public HarborClient harborOf(ImageReference image) {
    return pair(image).harbor();
  }

  private Pair pair(ImageReference image) {
    return Optional.ofNullable(clients.get(image.name()))
        .orElseThrow(() -> new IllegalArgumentException(image.name() + " is no destination"));
  }

  @Override
  public void close() {
    clients.values().forEach(Pair::close);
  }
}
