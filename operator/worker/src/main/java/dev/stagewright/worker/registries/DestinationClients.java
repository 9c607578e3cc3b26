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

/** The clients to push with: one for each set of credentials that a request's destinations have. */
public final class DestinationClients implements AutoCloseable {
  private final Map<String, Optional<String>> credentials = new HashMap<>();
  private final Map<Optional<String>, Pair> clients = new HashMap<>();

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
    var folder = destination.credentials();
    credentials.putIfAbsent(destination.repository(), folder);
    if (!clients.containsKey(folder)) {
      clients.put(folder, new Pair(from.open(request, folder), from.openHarbor(request, folder)));
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
    return Optional.ofNullable(credentials.get(image.name()))
        .map(clients::get)
        .orElseThrow(() -> new IllegalArgumentException(image.name() + " is no destination"));
  }

  @Override
  public void close() {
    clients.values().forEach(Pair::close);
  }
}
