package dev.stagewright.e2e;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.ReentrantLock;
import org.awaitility.Awaitility;

/**
 * A proxy with limited bandwidth in front of a server, at the address of the server, until {@link
 * #open}. It makes a push slow on any machine, so that a test can inject faults during the push.
 * Responses are not limited.
 */
final class SlowRoute implements AutoCloseable {
  private static final int BACKLOG = 50;
  private static final int CHUNK_SIZE = 1 << 14;

  /** Small, so that the data that a client has sent is close to the data that has passedBytes. */
  private static final int BUFFER = 1 << 16;

  private static final int PATIENCE_MILLIS = 2000;

  private final ServerSocket serverSocket;
  private final InetSocketAddress server;
  private final int bytesPerSecond;
  private final ReentrantLock lock = new ReentrantLock(true);
  private final AtomicLong passedBytes = new AtomicLong();
  private final AtomicInteger interrupted = new AtomicInteger();
  private volatile boolean isOpen;

  private SlowRoute(ServerSocket serverSocket, InetSocketAddress server, int bytesPerSecond) {
    this.serverSocket = serverSocket;
    this.server = server;
    this.bytesPerSecond = bytesPerSecond;
  }

  /**
   * Starts a proxy.
   *
   * @param host address and port of the server
   * @param bytesPerSecond limit over all connections
   */
  static SlowRoute to(String host, int bytesPerSecond) {
    try {
      var colon = host.lastIndexOf(':');
      var address = InetAddress.getByName(host.substring(0, colon));
      var server = new InetSocketAddress(address, Integer.parseInt(host.substring(colon + 1)));
      var serverSocket = new ServerSocket();
      serverSocket.setReceiveBufferSize(BUFFER);
      serverSocket.bind(new InetSocketAddress(address, 0), BACKLOG);
      var route = new SlowRoute(serverSocket, server, bytesPerSecond);
      Thread.ofVirtual().start(route::accept);
      return route;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Host and port, as in image references. */
  String host() {
    return serverSocket.getInetAddress().getHostAddress() + ":" + serverSocket.getLocalPort();
  }

  /** Waits until this number of additional bytes has passedBytes. */
  void awaitMore(long bytes) {
    var enough = passedBytes.get() + bytes;
    Awaitility.await()
        .atMost(Duration.ofMinutes(2))
        .pollInterval(Duration.ofMillis(50))
        .until(() -> passedBytes.get() >= enough);
  }

  /** Removes the limit. */
  void open() {
    isOpen = true;
  }

  /** The number of connections that the server closed before the client had finished. */
  int interrupted() {
    return interrupted.get();
  }

  private void accept() {
    try {
      while (true) {
        var client = serverSocket.accept();
        Thread.ofVirtual().start(() -> serve(client));
      }
    } catch (IOException _) {
      // The proxy was closed.
    }
  }

  private void serve(Socket client) {
    try (client;
        var upstream = new Socket()) {
      upstream.setSendBufferSize(BUFFER);
      upstream.connect(server, PATIENCE_MILLIS);
      var responses = Thread.ofVirtual().start(() -> passResponses(upstream, client));
      passSlowly(client, upstream);
      upstream.shutdownOutput();
      responses.join();
    } catch (IOException _) {
      // One side is closed, so the other side is closed too.
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }

  private void passSlowly(Socket client, Socket upstream) throws IOException, InterruptedException {
    var in = client.getInputStream();
    var out = upstream.getOutputStream();
    var chunk = new byte[CHUNK_SIZE];
    for (var n = in.read(chunk); n >= 0; n = in.read(chunk)) {
      delay(n);
      out.write(chunk, 0, n);
      passedBytes.addAndGet(n);
    }
  }

  /** Passes the bytes of one connection at a time, so that all connections share the limit. */
  private void delay(int bytes) throws InterruptedException {
    lock.lock();
    try {
      if (!isOpen) {
        Thread.sleep(Duration.ofNanos(bytes * 1_000_000_000L / bytesPerSecond));
      }
    } finally {
      lock.unlock();
    }
  }

  private void passResponses(Socket upstream, Socket client) {
    try {
      upstream.getInputStream().transferTo(client.getOutputStream());
      client.shutdownOutput();
    } catch (IOException _) {
      // The same as the end of the stream: there are no more responses.
    } finally {
      interrupted.addAndGet(upstream.isOutputShutdown() ? 0 : 1);
    }
  }

  @Override
  public void close() {
    try {
      serverSocket.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
