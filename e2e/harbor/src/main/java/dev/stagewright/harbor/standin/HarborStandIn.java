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

/** An HTTP server that responds as Harbor does, until it is closed. */
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
   * A response that replaces the next regular response.
   *
   * @param line prefix of method, path, and query
   * @param status status of the response; the body is Harbor's body for this status
   */
  private record Fault(String line, int status) {}

  private HarborStandIn(HttpServer server, String origin, InstantSource clock) {
    this.server = server;
    this.origin = origin;
    this.tokens = new Tokens(world, clock);
    this.uploads = new Uploads(origin);
    this.registry = new RegistryApi(world, new AccessCheck(world, tokens, origin), uploads, clock);
    this.api = new ManagementApi(world, origin, clock);
  }

  /** Starts a stand-in on the loopback interface with plain HTTP. */
  public static HarborStandIn start() {
    var loopback = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
    return start(loopback, Optional.empty(), InstantSource.system());
  }

  /**
   * Starts a stand-in.
   *
   * @param address address to listen on, also used in URLs; port 0 for any port
   * @param tls TLS context with a certificate and key; empty for plain HTTP
   * @param clock clock for scans and tokens
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

  /** The state of the Harbor; it can be changed at any time. */
  public World world() {
    return world;
  }

  /** Scheme, host, and port. */
  public String origin() {
    return origin;
  }

  /** Host and port, as in image references. */
  public String host() {
    return origin.substring(origin.indexOf("//") + 2);
  }

  /** Invalidates all tokens issued so far, as if they had expired. */
  public void expireTokens() {
    tokens.expireAll();
  }

  /** The number of uploads that were neither finished nor cancelled. */
  public int openUploads() {
    return uploads.count();
  }

  /** Returns this status for the next request with this prefix of method, path, and query. */
  public HarborStandIn next(String line, int status) {
    faults.add(new Fault(line, status));
    return this;
  }

  /** The requests so far with this prefix of method, path, and query. */
  public List<String> seen(String line) {
    synchronized (seen) {
      return seen.stream().filter(request -> request.startsWith(line)).toList();
    }
  }

  private void handle(HttpExchange http) throws IOException {
    try (http) {
      var request = Request.of(http);
      seen.add(request.line());
      send(http, request, response(request));
    }
  }

  private Response response(Request request) {
    var fault = faults.stream().filter(it -> request.line().startsWith(it.line())).findFirst();
    if (fault.isPresent() && faults.remove(fault.get())) {
      return faultResponse(fault.get().status());
    }
    if (request.path().equals("/service/token")) {
      return tokens.issue(request);
    }
    if (request.path().startsWith("/v2/")) {
      return registry.handle(request);
    }
    return api.handle(request);
  }

  private static Response faultResponse(int status) {
    return switch (status) {
      case 429 -> Response.error(429, "TOOMANYREQUESTS", "too many requests");
      case 413 -> Response.text(413, "<html><h1>413 Request Entity Too Large</h1></html>");
      default -> Response.error(status, "UNKNOWN", "internal server error");
    };
  }

  private static void send(HttpExchange http, Request request, Response response)
      throws IOException {
    var headers = http.getResponseHeaders();
    response.headers().forEach(headers::set);
    headers.set("Set-Cookie", "sid=" + UUID.randomUUID() + "; Path=/; HttpOnly");
    headers.set("X-Request-Id", UUID.randomUUID().toString());
    var length = response.body().length;
    if (request.method().equals("HEAD")) {
      headers.set("Content-Length", String.valueOf(length));
      http.sendResponseHeaders(response.status(), -1);
    } else {
      http.sendResponseHeaders(response.status(), length == 0 ? -1 : length);
      http.getResponseBody().write(response.body());
    }
  }

  @Override
  public void close() {
    server.stop(0);
  }
}
