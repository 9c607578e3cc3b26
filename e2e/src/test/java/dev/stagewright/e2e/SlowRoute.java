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
  private static final int PIECE = 1 << 14;

  /** Small, so that the data that a client has sent is close to the data that has passed. */
  private static final int BUFFER = 1 << 16;

  private static final int PATIENCE_MILLIS = 2000;

  private final ServerSocket entrance;
  private final InetSocketAddress server;
  private final int bytesPerSecond;
  private final ReentrantLock turn = new ReentrantLock(true);
  private final AtomicLong passed = new AtomicLong();
  private final AtomicInteger cut = new AtomicInteger();
  private volatile boolean isOpen;

  private SlowRoute(ServerSocket entrance, InetSocketAddress server, int bytesPerSecond) {
    this.entrance = entrance;
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
      var entrance = new ServerSocket();
      entrance.setReceiveBufferSize(BUFFER);
      entrance.bind(new InetSocketAddress(address, 0), BACKLOG);
      var route = new SlowRoute(entrance, server, bytesPerSecond);
      Thread.ofVirtual().start(route::accept);
      return route;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Host and port, as in image references. */
  String host() {
    return entrance.getInetAddress().getHostAddress() + ":" + entrance.getLocalPort();
  }

  /** Waits until this number of additional bytes has passed. */
  void awaitMore(long bytes) {
    var enough = passed.get() + bytes;
    Awaitility.await()
        .atMost(Duration.ofMinutes(2))
        .pollInterval(Duration.ofMillis(50))
        .until(() -> passed.get() >= enough);
  }

  /** Removes the limit. */
  void open() {
    isOpen = true;
  }

  /** The number of connections that the server closed before the client had finished. */
  int cut() {
    return cut.get();
  }

  private void accept() {
    try {
      while (true) {
        var client = entrance.accept();
        Thread.ofVirtual().start(() -> serve(client));
      }
    } catch (IOException _) {
      // The proxy was closed.
    }
  }

  private void serve(Socket client) {
    try (client;
        var onward = new Socket()) {
      onward.setSendBufferSize(BUFFER);
      onward.connect(server, PATIENCE_MILLIS);
      var answers = Thread.ofVirtual().start(() -> passAnswers(onward, client));
      passSlowly(client, onward);
      onward.shutdownOutput();
      answers.join();
    } catch (IOException _) {
      // One side is closed, so the other side is closed too.
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }

  private void passSlowly(Socket client, Socket onward) throws IOException, InterruptedException {
    var in = client.getInputStream();
    var out = onward.getOutputStream();
    var piece = new byte[PIECE];
    for (var n = in.read(piece); n >= 0; n = in.read(piece)) {
      hold(n);
      out.write(piece, 0, n);
      passed.addAndGet(n);
    }
  }

  /** Passes the bytes of one connection at a time, so that all connections share the limit. */
  private void hold(int bytes) throws InterruptedException {
    turn.lock();
    try {
      if (!isOpen) {
        Thread.sleep(Duration.ofNanos(bytes * 1_000_000_000L / bytesPerSecond));
      }
    } finally {
      turn.unlock();
    }
  }

  private void passAnswers(Socket onward, Socket client) {
    try {
      onward.getInputStream().transferTo(client.getOutputStream());
      client.shutdownOutput();
    } catch (IOException _) {
      // The same as the end of the stream: there are no more responses.
    } finally {
      cut.addAndGet(onward.isOutputShutdown() ? 0 : 1);
    }
  }

  @Override
  public void close() {
    try {
      entrance.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
