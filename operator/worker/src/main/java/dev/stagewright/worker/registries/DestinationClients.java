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

/** The clients of the destinations, one pair per repository. */
public final class DestinationClients implements AutoCloseable {
  private final Map<String, Pair> clients = new HashMap<>();

  /**
   * A pair of clients with the same credentials.
   *
   * @param registry the registry client
   * @param harbor the Harbor client
   */
  private record Pair(RegistryClient registry, HarborClient harbor) {
    void close() {
      registry.close();
      harbor.close();
    }
  }

  private DestinationClients() {}

  /**
   * Opens the clients. If two destinations have the same repository, the credentials of the first
   * one are used.
   *
   * @throws dev.stagewright.protocol.BuildFailedException if a Secret, a certificate or the host
   *     table is malformed
   */
  public static DestinationClients open(Clients opener, BuildRequest request) throws IOException {
    var opened = new DestinationClients();
    try {
      for (var destination : request.output().destinations()) {
        opened.add(destination, opener, request);
      }
    } catch (RuntimeException | IOException e) {
      opened.close();
      throw e;
    }
    return opened;
  }

  private void add(Destination destination, Clients opener, BuildRequest request)
      throws IOException {
    if (!clients.containsKey(destination.repository())) {
      clients.put(
          destination.repository(),
          new Pair(opener.open(request, destination), opener.openHarbor(request, destination)));
    }
  }

  /** Returns the registry client of an image's repository, which must be a destination. */
  public RegistryClient of(ImageReference image) {
    return pair(image).registry();
  }

  /** Returns the Harbor client of an image's repository. */
  public HarborClient harborOf(ImageReference image) {
    return pair(image).harbor();
  }

  private Pair pair(ImageReference image) {
    return Optional.ofNullable(clients.get(image.name()))
        .orElseThrow(() -> new IllegalArgumentException(image.name() + " is not a destination"));
  }

  @Override
  public void close() {
    clients.values().forEach(Pair::close);
  }
}
