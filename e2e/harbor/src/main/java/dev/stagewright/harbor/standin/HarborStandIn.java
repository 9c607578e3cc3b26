package dev.stagewright.harbor.standin;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import javax.net.ssl.SSLContext;

/** A Harbor that runs until it is closed. */
public final class HarborStandIn implements AutoCloseable {
  private final HttpServer server;
  private final World world = new World();
  private final Tokens tokens;
  private final Uploads uploads;
  private final RegistryApi registry;
  private final ManagementApi api;
  private final String origin;
  private final List<String> seen = Collections.synchronizedList(new ArrayList<>());
  private final List<Fault> faults = new CopyOnWriteArrayList<>();

  /**
   * An answer that is given instead of the right one.
   *
   * @param line how method, path and query begin
   * @param status of the answer, whose body is Harbor's for such
   */
  private record Fault(String line, int status) {}

  private HarborStandIn(HttpServer server, String origin, InstantSource clock) {
    this.server = server;
    this.origin = origin;
    this.tokens = new Tokens(world, clock);
    this.uploads = new Uploads(origin);
    this.registry = new RegistryApi(world, new Gate(world, tokens, origin), uploads, clock);
    this.api = new ManagementApi(world, origin, clock);
  }

  /** Starts one on the loopback interface, by plain http. */
  public static HarborStandIn start() {
    var loopback = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
    return start(loopback, Optional.empty(), InstantSource.system());
  }

  /**
   * Starts one.
   *
   * @param address to listen at, under which it is reached as well; port 0 for any
   * @param tls with its certificate and key; empty for plain http
   * @param clock for scans and tokens
   */
  public static HarborStandIn start(
      InetSocketAddress address, Optional<SSLContext> tls, InstantSource clock) {
    try {
      var server = tls.isPresent() ? HttpsServer.create(address, 0) : HttpServer.create(address, 0);
      if (server instanceof HttpsServer secure) {
        secure.setHttpsConfigurator(new HttpsConfigurator(tls.orElseThrow()));
      }
      var origin =
          "%s://%s:%d"
              .formatted(
                  tls.isPresent() ? "https" : "http",
                  address.getAddress().getHostAddress(),
                  server.getAddress().getPort());
      var harbor = new HarborStandIn(server, origin, clock);
      server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
      server.createContext("/", harbor::handle);
      server.start();
      return harbor;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** What there is in it; can be changed at any time. */
  public World world() {
    return world;
  }

  /** Scheme, host and port. */
  public String origin() {
    return origin;
  }

  /** Host and port, as image references have them. */
  public String host() {
    return origin.substring(origin.indexOf("//") + 2);
  }

  /** Takes none of the tokens that it has given so far, as if they had expired. */
  public void forgetTokens() {
    tokens.forget();
  }

  /** Uploads that were neither finished nor cancelled. */
  public int openUploads() {
    return uploads.count();
  }

  /** Answers the next request whose method, path and query begin so with this status. */
  public HarborStandIn next(String line, int status) {
    faults.add(new Fault(line, status));
    return this;
  }

  /** The requests so far whose method, path and query begin so. */
  public List<String> seen(String line) {
    synchronized (seen) {
      return seen.stream().filter(request -> request.startsWith(line)).toList();
    }
  }

  private void handle(HttpExchange http) throws IOException {
    try (http) {
      var call = Call.of(http);
      seen.add(call.line());
      send(http, call, answer(call));
    }
  }

  private Answer answer(Call call) {
    var fault = faults.stream().filter(it -> call.line().startsWith(it.line())).findFirst();
    if (fault.isPresent() && faults.remove(fault.get())) {
      return faulty(fault.get().status());
    }
    if (call.path().equals("/service/token")) {
      return tokens.issue(call);
    }
    if (call.path().startsWith("/v2/")) {
      return registry.handle(call);
    }
    return api.handle(call);
  }

  private static Answer faulty(int status) {
    return switch (status) {
      case 429 -> Answer.error(429, "TOOMANYREQUESTS", "too many requests");
      case 413 -> Answer.text(413, "<html><h1>413 Request Entity Too Large</h1></html>");
      default -> Answer.error(status, "UNKNOWN", "internal server error");
    };
  }

  private static void send(HttpExchange http, Call call, Answer answer) throws IOException {
    var headers = http.getResponseHeaders();
    answer.headers().forEach(headers::set);
    headers.set("Set-Cookie", "sid=" + UUID.randomUUID() + "; Path=/; HttpOnly");
    headers.set("X-Request-Id", UUID.randomUUID().toString());
    var length = answer.body().length;
    if (call.method().equals("HEAD")) {
      headers.set("Content-Length", String.valueOf(length));
      http.sendResponseHeaders(answer.status(), -1);
    } else {
      http.sendResponseHeaders(answer.status(), length == 0 ? -1 : length);
      http.getResponseBody().write(answer.body());
    }
  }

  @Override
  public void close() {
    server.stop(0);
  }
}
