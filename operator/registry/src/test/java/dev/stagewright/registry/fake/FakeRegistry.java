package dev.stagewright.registry.fake;

import com.sun.net.httpserver.HttpServer;
import dev.stagewright.layers.oci.ImageReference;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Executors;

/** A fake registry on the loopback interface. */
public final class FakeRegistry implements AutoCloseable {
  private final HttpServer server;
  private final FakeStorage storage = new FakeStorage();
  private final List<Fault> faults = Collections.synchronizedList(new ArrayList<>());
  private final List<String> requests = Collections.synchronizedList(new ArrayList<>());
  private final List<String> ranges = Collections.synchronizedList(new ArrayList<>());
  private final List<String> violations = Collections.synchronizedList(new ArrayList<>());
  private volatile Gate gate = (_, _) -> true;

  private record Fault(String line, Handler handler) {}

  /** Lets a request pass, or responds to it. */
  @FunctionalInterface
  public interface Gate {
    /** Whether the request may pass; if not, it has been responded to. */
    boolean passes(Exchange exchange, FakeRegistry registry) throws IOException;
  }

  private FakeRegistry(HttpServer server) {
    this.server = server;
  }

  /** Starts the registry on a free port. */
  public static FakeRegistry start() {
    try {
      var address = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
      var registry = new FakeRegistry(HttpServer.create(address, 0));
      registry.server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
      registry.server.createContext("/", http -> registry.handle(new Exchange(http)));
      registry.server.start();
      return registry;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Sets the gate of all requests. */
  public FakeRegistry guardedBy(Gate newGate) {
    gate = newGate;
    return this;
  }

  /** The blobs and manifests. */
  public FakeStorage storage() {
    return storage;
  }

  /** Host and port, as references have them. */
  public String host() {
    return "127.0.0.1:" + server.getAddress().getPort();
  }

  /** Returns an image name of this registry. */
  public ImageReference image(String name) {
    return ImageReference.parse(host() + "/" + name);
  }

  /**
   * Handles the next request whose method and path begin with this text; several calls handle
   * several requests.
   */
  public FakeRegistry next(String line, Handler handler) {
    faults.add(new Fault(line, handler));
    return this;
  }

  /** Returns methods and paths of the requests so far that begin with this text. */
  public List<String> requests(String line) {
    synchronized (requests) {
      return requests.stream().filter(request -> request.startsWith(line)).toList();
    }
  }

  /** Returns the {@code Content-Range} of the requests so far that begin with this text. */
  public List<String> received(String line) {
    synchronized (ranges) {
      return ranges.stream()
          .filter(range -> range.startsWith(line))
          .map(range -> range.substring(range.lastIndexOf(' ') + 1))
          .toList();
    }
  }

  /** Returns violations of the protocol by clients. */
  public List<String> violations() {
    return List.copyOf(violations);
  }

  private void handle(Exchange exchange) throws IOException {
    requests.add(exchange.line());
    exchange.header("Content-Range").ifPresent(range -> ranges.add(exchange.line() + " " + range));
    check(exchange);
    var fault = takeFault(exchange);
    if (fault.isPresent()) {
      fault.get().handler().handle(exchange);
    } else if (gate.passes(exchange, this)) {
      storage.handle(exchange);
    }
  }

  private void check(Exchange exchange) {
    if (exchange.header("Expect").isPresent()) {
      violations.add(exchange.line() + " expects 100-continue, which Harbor does not support");
    }
    if (Set.of("PUT", "PATCH").contains(exchange.method())
        && exchange.header("Content-Length").isEmpty()) {
      violations.add(exchange.line() + " has no length, which object stores reject");
    }
    if (exchange.header("User-Agent").filter(agent -> agent.equals("stagewright")).isEmpty()) {
      violations.add(exchange.line() + " has no User-Agent");
    }
  }

  private Optional<Fault> takeFault(Exchange exchange) {
    synchronized (faults) {
      var fault = faults.stream().filter(f -> exchange.line().startsWith(f.line())).findFirst();
      fault.ifPresent(faults::remove);
      return fault;
    }
  }

  @Override
  public void close() {
    server.stop(0);
  }
}
