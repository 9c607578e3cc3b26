package dev.stagewright.registry.real;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.function.LongPredicate;

/**
 * A proxy on the loopback interface in front of a registry, which injects faults into chosen
 * requests. It serves one request per connection.
 */
public final class FaultProxy implements AutoCloseable {
  private static final int BACKLOG = 50;

  private final ServerSocket server;
  private final int registryPort;
  private final List<Rule> rules = Collections.synchronizedList(new ArrayList<>());
  private final List<String> requests = Collections.synchronizedList(new ArrayList<>());

  private record Rule(String line, LongPredicate length, Fault fault, boolean once) {}

  private FaultProxy(ServerSocket server, int registryPort) {
    this.server = server;
    this.registryPort = registryPort;
  }

  /** Starts a proxy in front of the registry at this port. */
  public static FaultProxy before(int registryPort) {
    try {
      var server = new ServerSocket(0, BACKLOG, InetAddress.getLoopbackAddress());
      var proxy = new FaultProxy(server, registryPort);
      Thread.ofVirtual().start(proxy::accept);
      return proxy;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Host and port, as references have them. */
  public String host() {
    return "127.0.0.1:" + server.getLocalPort();
  }

  /**
   * Injects a fault into the next request whose method and path begin with this text, and which is
   * long enough for it.
   */
  public FaultProxy next(String line, Fault fault) {
    var minLength = fault instanceof Fault.CutRequest(var after) ? after : -1;
    rules.add(new Rule(line, length -> length > minLength, fault, true));
    return this;
  }

  /** Rejects all requests with a longer body, as an Ingress does. */
  public FaultProxy rejectLongerThan(long maxLength) {
    var page = new Fault.Answer(413, "", "<html>413 Request Entity Too Large</html>");
    rules.add(new Rule("", length -> length > maxLength, page, false));
    return this;
  }

  /** Returns methods and paths of the requests so far that begin with this text. */
  public List<String> requests(String line) {
    synchronized (requests) {
      return requests.stream().filter(request -> request.startsWith(line)).toList();
    }
  }

  private void accept() {
    try {
      while (true) {
        var client = server.accept();
        Thread.ofVirtual().start(() -> serve(client));
      }
    } catch (IOException _) {
      // The proxy was closed.
    }
  }

  private void serve(Socket client) {
    try (client) {
      var request = MessageHead.read(client.getInputStream());
      if (request.isEmpty()) {
        return;
      }
      requests.add(request.get().line());
      new ProxiedExchange(client, registryPort, request.get()).run(fault(request.get()));
    } catch (IOException _) {
      // One side closed its connection; the other one notices it when its own connection is closed.
    }
  }

  private Optional<Fault> fault(MessageHead request) {
    synchronized (rules) {
      var found =
          rules.stream()
              .filter(rule -> request.line().startsWith(rule.line()))
              .filter(rule -> rule.length().test(request.length()))
              .findFirst();
      found.filter(Rule::once).ifPresent(rules::remove);
      return found.map(Rule::fault);
    }
  }

  @Override
  public void close() {
    try {
      server.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
