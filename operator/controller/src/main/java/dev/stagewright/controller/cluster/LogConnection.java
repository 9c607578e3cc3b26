package dev.stagewright.controller.cluster;

import io.fabric8.kubernetes.client.Client;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.RequestConfigBuilder;
import io.fabric8.kubernetes.client.http.HttpRequest;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import java.net.ConnectException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;

/**
 * A connection to the API server that is used for a limited number of log streams.
 *
 * <p>The HTTP client of the JDK would open a connection for each request that is sent before the
 * first connection is there. After a restart of the API server, these would be hundreds of TLS
 * handshakes. Therefore, a small request opens the connection, and streams wait for its response.
 */
final class LogConnection {
  /** Message of the JDK's HTTP client if the server allows no more requests on a connection. */
  private static final String FULL = "too many concurrent streams";

  private final KubernetesClient owner;
  private final Client client;
  private final List<LogStreamRequest> waiting = new ArrayList<>();
  private State state = State.CLOSED;
  private int capacity;
  private int streams;

  private enum State {
    CLOSED,
    OPENING,
    OPEN
  }

  LogConnection(KubernetesClient owner, int capacity) {
    this.owner = owner;
    this.client = withoutRetries(owner);
    this.capacity = capacity;
  }

  /** The same client without retries, which would delay the caller. */
  static Client withoutRetries(KubernetesClient client) {
    var config = client.getConfiguration().getRequestConfig();
    return client.newClient(
        new RequestConfigBuilder(config).withRequestRetryBackoffLimit(0).build());
  }

  synchronized boolean hasRoom() {
    return streams < capacity;
  }

  /** Reserves the connection for another stream. */
  synchronized void add() {
    streams++;
  }

  /** Releases the connection of a stream. The client closes unused connections after a while. */
  synchronized void remove() {
    streams--;
    if (streams == 0 && state == State.OPEN) {
      state = State.CLOSED;
    }
  }

  /** Sends a request as soon as the connection is open. */
  void send(LogStreamRequest request) {
    State before;
    synchronized (this) {
      before = state;
      if (before != State.OPEN) {
        waiting.add(request);
        state = State.OPENING;
      }
    }
    if (before == State.OPEN) {
      request.send();
    } else if (before == State.CLOSED) {
      open();
    }
  }

  /** Any response means that the connection is open. */
  private void open() {
    try {
      var _ =
          client
              .getHttpClient()
              .sendAsync(request("/version").build(), String.class)
              .whenComplete((_, failure) -> {
                if (failure == null) {
                  takeWaiting(State.OPEN).forEach(LogStreamRequest::send);
                } else {
                  notOpened(failure);
                }
              });
    } catch (RuntimeException e) {
      notOpened(e);
    }
  }

  /**
   * The HTTP client of the JDK uses HTTP/1.1 for ever, with a connection for each request, after a
   * server has closed a connection before the protocol was negotiated.
   */
  private void notOpened(Throwable failure) {
    var isRefused =
        Stream.iterate(failure, Objects::nonNull, Throwable::getCause)
            .anyMatch(ConnectException.class::isInstance);
    if (!isRefused) {
      retire();
    }
    failed(failure);
  }

  private synchronized void retire() {
    capacity = 0;
  }

  /** Whether another client must replace this one. */
  synchronized boolean isRetired() {
    return capacity == 0;
  }

  /** A request for this path and query. */
  HttpRequest.Builder request(String path) {
    var server = client.getMasterUrl().toString().replaceFirst("/$", "");
    return client.getHttpClient().newHttpRequestBuilder().uri(server + path);
  }

  Client client() {
    return client;
  }

  KubernetesSerialization serialization() {
    return owner.getKubernetesSerialization();
  }

  /** The connection is lost or allows fewer streams than expected. */
  void failed(Throwable failure) {
    List<LogStreamRequest> failed;
    synchronized (this) {
      if (String.valueOf(failure.getMessage()).contains(FULL)) {
        capacity = Math.min(capacity, Math.max(1, streams - 1));
        return;
      }
      failed = takeWaiting(State.CLOSED);
    }
    failed.forEach(request -> request.fail(failure));
  }

  private synchronized List<LogStreamRequest> takeWaiting(State next) {
    state = next;
    var taken = List.copyOf(waiting);
    waiting.clear();
    return taken;
  }

  void close() {
    owner.close();
  }
}
