package dev.stagewright.e2e;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/**
 * Latches at which RUN instructions wait until the test releases them. The latches are paths of an
 * HTTP server of this process: a request shows that an instruction has begun, and its response ends
 * the instruction. This works on every node, and while the API server is stopped.
 */
final class Latches implements AutoCloseable {
  private static final Duration TIMEOUT = Duration.ofMinutes(6);

  private final HttpServer server;
  private final Map<String, Latch> byPath = new ConcurrentHashMap<>();

  private Latches(HttpServer server) {
    this.server = server;
  }

  /**
   * Starts the server.
   *
   * @param host address of this machine that Pods can reach
   */
  static Latches start(String host) {
    try {
      var server = HttpServer.create(new InetSocketAddress(host, 0), 0);
      var latches = new Latches(server);
      server.createContext("/", latches::serve);
      server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
      server.start();
      return latches;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The latch with this name; the same one for each call. */
  Latch latch(String name) {
    return byPath.computeIfAbsent("/" + name, path -> new Latch(url(path)));
  }

  private String url(String path) {
    var address = server.getAddress();
    return "http://" + address.getHostString() + ":" + address.getPort() + path;
  }

  private void serve(HttpExchange exchange) throws IOException {
    try (exchange) {
      var latch = byPath.get(exchange.getRequestURI().getPath());
      if (latch != null) {
        latch.pass();
      }
      exchange.sendResponseHeaders(latch == null ? 404 : 204, -1);
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }

  @Override
  public void close() {
    server.stop(0);
  }

  /** A latch of one test. It cannot be closed again. */
  static final class Latch {
    private final String url;
    private final Semaphore arrivals = new Semaphore(0);
    private final CountDownLatch released = new CountDownLatch(1);

    private Latch(String url) {
      this.url = url;
    }

    /** A command for a shell with BusyBox that waits until the latch is released. */
    String command() {
      return "wget -q -O /dev/null " + url;
    }

    /** Waits until a command waits at the latch. */
    void awaitArrival() {
      awaitArrivals(1);
    }

    /** Waits until this number of further commands wait at the latch. */
    void awaitArrivals(int count) {
      try {
        if (!arrivals.tryAcquire(count, TIMEOUT.toSeconds(), TimeUnit.SECONDS)) {
          throw new AssertionError("less than " + count + " commands arrived at " + url);
        }
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new IllegalStateException("interrupted while waiting for " + url, e);
      }
    }

    /** Lets all commands pass from now on. */
    void release() {
      released.countDown();
    }

    private void pass() throws InterruptedException {
      arrivals.release();
      released.await();
    }
  }
}
