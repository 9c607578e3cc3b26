package dev.stagewright.kubectl.cluster;

import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.http.WebSocket;
import io.fabric8.kubernetes.client.http.WebSocketHandshakeException;
import java.io.IOException;
import java.io.OutputStream;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;

/**
 * The standard input of a container, through the subresource {@code attach} of its Pod. The lines
 * that the container prints meanwhile are passed on. Not thread-safe.
 */
public final class ContainerInput extends OutputStream {
  private static final String PROTOCOL = "v4.channel.k8s.io";
  private static final int NORMAL = 1000;
  private static final byte STDIN = 0;
  private static final byte STDOUT = 1;
  private static final int FORBIDDEN = 403;
  private static final int MAX_MESSAGE = 128 * 1024;
  private static final long PAUSE_NANOS = 100_000;
  private static final long CONNECT_SECONDS = 30;

  /** A connection to a node without power does not end, and accepts no data any more. */
  private static final long STALL_SECONDS = 120;

  private final WebSocket socket;
  private final CompletableFuture<Void> closed;

  /** The connection has ended. */
  public static final class DisconnectedException extends IOException {
    private static final long serialVersionUID = 1L;

    DisconnectedException(String message) {
      super(message);
    }
  }

  private ContainerInput(WebSocket socket, CompletableFuture<Void> closed) {
    this.socket = socket;
    this.closed = closed;
  }

  /**
   * Attaches to a container.
   *
   * @param lines receives the lines of the container's standard output
   * @throws ClusterException if the API server rejects the request
   */
  public static ContainerInput attach(
      KubernetesClient client, String namespace, ContainerName container, Consumer<String> lines)
      throws ClusterException, InterruptedException {
    var closed = new CompletableFuture<Void>();
    var uri =
        URI.create(client.getMasterUrl().toString())
            .resolve(
                "api/v1/namespaces/%s/pods/%s/attach?container=%s&stdin=true&stdout=true"
                    .formatted(namespace, container.pod(), container.container()));
    var connecting =
        client
            .getHttpClient()
            .newWebSocketBuilder()
            .uri(uri)
            .subprotocol(PROTOCOL)
            .buildAsync(new Listener(lines, closed));
    try {
      return new ContainerInput(connecting.get(CONNECT_SECONDS, TimeUnit.SECONDS), closed);
    } catch (ExecutionException e) {
      throw failure(container, namespace, e.getCause() == null ? e : e.getCause());
    } catch (TimeoutException e) {
      connecting.cancel(true);
      throw new ClusterException(
          "the API server did not answer the request to attach to " + container, true, e);
    }
  }

  private static ClusterException failure(
      ContainerName container, String namespace, Throwable cause) {
    if (cause instanceof WebSocketHandshakeException handshake) {
      var code = handshake.getResponse().code();
      return code == FORBIDDEN
          ? new ClusterException(
              ("you are not allowed to attach to Pods in namespace %s: sending the build context"
                      + " requires the verbs get and create on pods/attach")
                  .formatted(namespace))
          : new ClusterException(
              "cannot attach to %s: HTTP %d".formatted(container, code), code >= 400, cause);
    }
    return new ClusterException("cannot attach to " + container + ": " + cause, true, cause);
  }

  /** Passes on what the container prints. */
  private static final class Listener implements WebSocket.Listener {
    private final Consumer<String> lines;
    private final CompletableFuture<Void> closed;
    private final StringBuilder line = new StringBuilder();

    Listener(Consumer<String> lines, CompletableFuture<Void> closed) {
      this.lines = lines;
      this.closed = closed;
    }

    @Override
    public void onMessage(WebSocket socket, ByteBuffer bytes) {
      if (bytes.hasRemaining() && bytes.get() == STDOUT) {
        line.append(StandardCharsets.ISO_8859_1.decode(bytes));
        for (var end = line.indexOf("\n"); end >= 0; end = line.indexOf("\n")) {
          lines.accept(line.substring(0, end));
          line.delete(0, end + 1);
        }
      }
      socket.request();
    }

    @Override
    public void onMessage(WebSocket socket, String text) {
      socket.request();
    }

    @Override
    public void onClose(WebSocket socket, int code, String reason) {
      closed.complete(null);
    }

    @Override
    public void onError(WebSocket socket, Throwable error) {
      closed.complete(null);
    }
  }

  @Override
  public void write(int one) throws IOException {
    write(new byte[] {(byte) one}, 0, 1);
  }

  /** Waits while the network is slower than the source. */
  @Override
  public void write(byte[] bytes, int offset, int length) throws IOException {
    for (var sent = 0; sent < length; ) {
      awaitQueue();
      var count = Math.min(MAX_MESSAGE, length - sent);
      var message = ByteBuffer.allocate(count + 1).put(STDIN).put(bytes, offset + sent, count);
      if (!socket.send(message.flip())) {
        throw disconnected();
      }
      sent += count;
    }
  }

  /** The WebSocket of the JDK refuses a message while the one before it is being sent. */
  private void awaitQueue() throws IOException {
    var start = System.nanoTime();
    while (socket.queueSize() > 0 && !isClosed() && !Thread.currentThread().isInterrupted()) {
      LockSupport.parkNanos(PAUSE_NANOS);
      if (System.nanoTime() - start > TimeUnit.SECONDS.toNanos(STALL_SECONDS)) {
        throw new DisconnectedException(
            "the Pod has accepted no data for %d seconds".formatted(STALL_SECONDS));
      }
    }
    if (isClosed() || Thread.currentThread().isInterrupted()) {
      throw disconnected();
    }
  }

  private static DisconnectedException disconnected() {
    return new DisconnectedException("the connection to the Pod ended");
  }

  /** Whether the container or the connection has ended. */
  public boolean isClosed() {
    return closed.isDone();
  }

  /** Completes when the container or the connection has ended. */
  public CompletableFuture<Void> closed() {
    return closed.copy();
  }

  /** Ends the connection, and with it the input of the container. */
  @Override
  public void close() {
    socket.sendClose(NORMAL, "");
  }
}
