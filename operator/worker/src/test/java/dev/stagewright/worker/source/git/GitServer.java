package dev.stagewright.worker.source.git;

import com.sun.net.httpserver.BasicAuthenticator;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import com.sun.net.httpserver.HttpServer;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsParameters;
import com.sun.net.httpserver.HttpsServer;
import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Base64;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicLong;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;

/**
 * The smart HTTP server of git on the loopback interface: {@code git http-backend} behind the JDK's
 * HTTP server.
 */
public final class GitServer implements AutoCloseable {
  private static final String AUTHORIZATION = "Authorization";

  private final HttpServer server;
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final Path root;
  private final Queue<String> authorizations = new ConcurrentLinkedQueue<>();
  private final Queue<String> proxyAuthorizations = new ConcurrentLinkedQueue<>();
  private final Queue<String> hosts = new ConcurrentLinkedQueue<>();
  private final AtomicLong sent = new AtomicLong();

  private GitServer(HttpServer server, Path root) {
    this.server = server;
    this.root = root;
  }

  /**
   * Serves every repository below a directory; those below {@code /private} only to user {@code
   * jane} with password {@code secret}, and those below {@code /bearer} only with the token {@code
   * secret}. A request to a proxy is answered as if it were one to this server.
   */
  public static GitServer start(Path root) throws IOException {
    return start(root, HttpServer.create(address(), 0));
  }

  /** Serves the same over HTTPS, possibly only to clients with a certificate. */
  static GitServer startTls(Path root, SSLContext context, boolean needsCertificate)
      throws IOException {
    var https = HttpsServer.create(address(), 0);
    https.setHttpsConfigurator(
        new HttpsConfigurator(context) {
          @Override
          public void configure(HttpsParameters parameters) {
            var tls = context.getDefaultSSLParameters();
            tls.setNeedClientAuth(needsCertificate);
            parameters.setSSLParameters(tls);
          }
        });
    return start(root, https);
  }

  private static InetSocketAddress address() {
    return new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
  }

  private static GitServer start(Path root, HttpServer http) {
    var server = new GitServer(http, root);
    http.createContext("/", server::answer);
    http.createContext("/bearer", server::answerToBearer);
    http.createContext("/private", server::answer).setAuthenticator(server.authenticator());
    http.setExecutor(server.threads);
    http.start();
    return server;
  }

  private BasicAuthenticator authenticator() {
    return new BasicAuthenticator("git") {
      @Override
      public Result authenticate(HttpExchange exchange) {
        record(exchange);
        return super.authenticate(exchange);
      }

      @Override
      public boolean checkCredentials(String username, String password) {
        return username.equals("jane") && password.equals("secret");
      }
    };
  }

  /** Answers requests below a path, possibly only with the login for {@code /private}. */
  void handle(String path, boolean needsLogin, HttpHandler handler) {
    var context = server.createContext(path, handler);
    if (needsLogin) {
      context.setAuthenticator(authenticator());
    }
  }

  /** The value of a header with user name and password. */
  static String basic(String user, String password) {
    var pair = (user + ":" + password).getBytes(StandardCharsets.UTF_8);
    return "Basic " + Base64.getEncoder().encodeToString(pair);
  }

  /** Redirects all requests below a path. */
  void redirect(String path, String target) {
    server.createContext(
        path,
        exchange -> {
          try (exchange) {
            var uri = exchange.getRequestURI().toString();
            exchange
                .getResponseHeaders()
                .add("Location", target.replaceFirst("/$", "") + uri.substring(path.length()));
            exchange.sendResponseHeaders(302, -1);
          }
        });
  }

  /** The credentials that requests had. */
  Collection<String> authorizations() {
    return List.copyOf(authorizations);
  }

  /** The credentials for a proxy that requests had. */
  Collection<String> proxyAuthorizations() {
    return List.copyOf(proxyAuthorizations);
  }

  /** The hosts that requests named. */
  Collection<String> hosts() {
    return List.copyOf(hosts);
  }

  /** The number of bytes of all response bodies. */
  long sent() {
    return sent.get();
  }

  /** The URL of a repository. */
  public String url(String path) {
    var scheme = server instanceof HttpsServer ? "https" : "http";
    return scheme + "://127.0.0.1:" + server.getAddress().getPort() + "/" + path;
  }

  private void record(HttpExchange exchange) {
    addTo(authorizations, exchange, AUTHORIZATION);
    addTo(proxyAuthorizations, exchange, "Proxy-Authorization");
    addTo(hosts, exchange, "Host");
  }

  private static void addTo(Queue<String> values, HttpExchange exchange, String header) {
    Optional.ofNullable(exchange.getRequestHeaders().getFirst(header)).ifPresent(values::add);
  }

  private void answerToBearer(HttpExchange exchange) throws IOException {
    if (header(exchange, AUTHORIZATION).equals("Bearer secret")) {
      answer(exchange);
      return;
    }
    record(exchange);
    try (exchange) {
      exchange.getResponseHeaders().add("WWW-Authenticate", "Bearer realm=\"git\"");
      exchange.sendResponseHeaders(401, -1);
    }
  }

  private void answer(HttpExchange exchange) throws IOException {
    record(exchange);
    try (exchange) {
      var builder = new ProcessBuilder("git", "http-backend");
      var environment = builder.environment();
      environment.put("GIT_PROJECT_ROOT", root.toString());
      environment.put("GIT_HTTP_EXPORT_ALL", "1");
      environment.put("REQUEST_METHOD", exchange.getRequestMethod());
      environment.put("PATH_INFO", exchange.getRequestURI().getPath());
      environment.put("QUERY_STRING", orEmpty(exchange.getRequestURI().getRawQuery()));
      environment.put("CONTENT_TYPE", header(exchange, "Content-Type"));
      environment.put("HTTP_CONTENT_ENCODING", header(exchange, "Content-Encoding"));
      environment.put("GIT_PROTOCOL", header(exchange, "Git-Protocol"));
      var process = builder.start();
      try (var toGit = process.getOutputStream()) {
        exchange.getRequestBody().transferTo(toGit);
      }
      sent.addAndGet(relay(new BufferedInputStream(process.getInputStream()), exchange));
    }
  }

  private static long relay(InputStream fromGit, HttpExchange exchange) throws IOException {
    var status = 200;
    for (var line = line(fromGit); !line.isEmpty(); line = line(fromGit)) {
      var colon = line.indexOf(':');
      var name = line.substring(0, colon);
      var value = line.substring(colon + 1).strip();
      if (name.equals("Status")) {
        status = Integer.parseInt(value.substring(0, 3));
      } else {
        exchange.getResponseHeaders().add(name, value);
      }
    }
    exchange.sendResponseHeaders(status, 0);
    return fromGit.transferTo(exchange.getResponseBody());
  }

  private static String line(InputStream in) throws IOException {
    var line = new ByteArrayOutputStream();
    for (var next = in.read(); next >= 0 && next != '\n'; next = in.read()) {
      line.write(next);
    }
    return line.toString(StandardCharsets.US_ASCII).strip();
  }

  private static String header(HttpExchange exchange, String name) {
    return orEmpty(exchange.getRequestHeaders().getFirst(name));
  }

  private static String orEmpty(@Nullable String value) {
    return value == null ? "" : value;
  }

  @Override
  public void close() {
    server.stop(0);
    threads.close();
  }
}
