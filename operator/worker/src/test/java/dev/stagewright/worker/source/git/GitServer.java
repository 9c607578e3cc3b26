package dev.stagewright.worker.source.git;

import com.sun.net.httpserver.BasicAuthenticator;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.jspecify.annotations.Nullable;

/**
 * The smart HTTP server of git on the loopback interface: {@code git http-backend} behind the JDK's
 * HTTP server.
 */
public final class GitServer implements AutoCloseable {
  private final HttpServer server;
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final Path root;

  private GitServer(HttpServer server, Path root) {
    this.server = server;
    this.root = root;
  }

  /**
   * Serves every repository below a directory; those below {@code /private} only to user {@code
   * jane} with password {@code secret}.
   */
  public static GitServer start(Path root) throws IOException {
    var http = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    var server = new GitServer(http, root);
    http.createContext("/", server::answer);
    http.createContext("/private", server::answer)
        .setAuthenticator(
            new BasicAuthenticator("git") {
              @Override
              public boolean checkCredentials(String username, String password) {
                return username.equals("jane") && password.equals("secret");
              }
            });
    http.setExecutor(server.threads);
    http.start();
    return server;
  }

  /** The URL of a repository. */
  public String url(String path) {
    return "http://127.0.0.1:" + server.getAddress().getPort() + "/" + path;
  }

  private void answer(HttpExchange exchange) throws IOException {
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
      relay(new BufferedInputStream(process.getInputStream()), exchange);
    }
  }

  private static void relay(InputStream fromGit, HttpExchange exchange) throws IOException {
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
    fromGit.transferTo(exchange.getResponseBody());
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
