package dev.stagewright.controller.cluster;

import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.Supplier;

/**
 * Opens log streams on connections that nothing else uses.
 *
 * <p>An API server allows 100 concurrent requests on a connection, unless it is configured
 * otherwise, and the HTTP client of the JDK fails all further requests instead of opening another
 * connection. Streams on the connection of other requests would therefore block the operator.
 * Clients are kept for later streams; without streams, they close their connections.
 */
public final class KubernetesLogStreams implements LogStreams {
  private static final int STREAMS_PER_CONNECTION = 90;

  private final Supplier<KubernetesClient> clients;
  private final List<LogConnection> connections = new ArrayList<>();
  private boolean isClosed;

  /**
   * Creates connections when they are needed.
   *
   * @param clients supplies new clients, each with a connection of its own
   */
  public KubernetesLogStreams(Supplier<KubernetesClient> clients) {
    this.clients = clients;
  }

  @Override
  public LogStream open(ContainerReference container, Start start, Receiver receiver) {
    LogConnection connection;
    try {
      connection = acquire();
    } catch (IllegalStateException | KubernetesClientException e) {
      receiver.end(new End.Broken(Objects.toString(e.getMessage(), e.toString())));
      return () -> {};
    }
    var request = new LogStreamRequest(connection, container, start, receiver);
    connection.send(request);
    return request;
  }

  private synchronized LogConnection acquire() {
    if (isClosed) {
      throw new IllegalStateException("the operator stops");
    }
    connections.removeIf(LogConnection::isRetired);
    var connection =
        connections.stream()
            .filter(LogConnection::hasRoom)
            .findFirst()
            .orElseGet(() -> {
              var added = new LogConnection(clients.get(), STREAMS_PER_CONNECTION);
              connections.add(added);
              return added;
            });
    connection.add();
    return connection;
  }

  /** The number of connections. */
  synchronized int connections() {
    return connections.size();
  }

  @Override
  public void close() {
    List<LogConnection> open;
    synchronized (this) {
      isClosed = true;
      open = List.copyOf(connections);
      connections.clear();
    }
    open.forEach(LogConnection::close);
  }
}
