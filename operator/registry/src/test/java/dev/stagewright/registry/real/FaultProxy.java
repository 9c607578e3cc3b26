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
 * A proxy on the loopback before a registry, which does harm to chosen exchanges and passes on all
 * others. It serves one exchange a connection.
 */
public final class FaultProxy implements AutoCloseable {
  private static final int BACKLOG = 50;

  private final ServerSocket server;
  private final int registryPort;
  private final List<Rule> rules = Collections.synchronizedList(new ArrayList<>());
  private final List<String> seen = Collections.synchronizedList(new ArrayList<>());

  private record Rule(String line, LongPredicate length, Fault fault, boolean isForOnce) {}

  private FaultProxy(ServerSocket server, int registryPort) {
    this.server = server;
    this.registryPort = registryPort;
  }

  /** Starts one before what listens on this port. */
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

  /** Does harm to the next exchange whose request begins so, and is long enough to be cut so. */
  public FaultProxy next(String line, Fault fault) {
    var least = fault instanceof Fault.CutRequest(var after) ? after : -1;
    rules.add(new Rule(line, length -> length > least, fault, true));
    return this;
  }

  /** Refuses all requests with a body longer than this, as an ingress does. */
  public FaultProxy refuseLongerThan(long most) {
    var page = new Fault.Answer(413, "", "<html>413 Request Entity Too Large</html>");
    rules.add(new Rule("", length -> length > most, page, false));
    return this;
  }

  /** Methods and paths of the requests so far that begin so. */
  public List<String> seen(String line) {
    synchronized (seen) {
      return seen.stream().filter(request -> request.startsWith(line)).toList();
    }
  }

  private void accept() {
    try {
      while (true) {
        var client = server.accept();
        Thread.ofVirtual().start(() -> serve(client));
      }
    } catch (IOException _) {
      // It was closed.
    }
  }

  private void serve(Socket client) {
    try (client) {
      var request = MessageHead.read(client.getInputStream());
      if (request.isEmpty()) {
        return;
      }
      seen.add(request.get().line());
      new ProxiedExchange(client, registryPort, request.get()).run(fault(request.get()));
    } catch (IOException _) {
      // One side is gone; the other learns of it when its connection closes.
    }
  }

  private Optional<Fault> fault(MessageHead request) {
    synchronized (rules) {
      var found =
          rules.stream()
              .filter(rule -> request.line().startsWith(rule.line()))
              .filter(rule -> rule.length().test(request.length()))
              .findFirst();
      found.filter(Rule::isForOnce).ifPresent(rules::remove);
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
