package dev.stagewright.e2e.conformance.cases;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.BindException;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.concurrent.Executors;
import org.awaitility.Awaitility;

/** Serves a folder by HTTP, with modification times: sufficient for files and for dumb git. */
public final class FileServer implements AutoCloseable {
  private static final Duration OTHER_RUN = Duration.ofMinutes(3);

  private static final DateTimeFormatter HTTP_DATE =
      DateTimeFormatter.ofPattern("EEE, dd MMM yyyy HH:mm:ss 'GMT'", Locale.ROOT);

  private final Path root;
  private final HttpServer server;

  private FileServer(Path root, HttpServer server) {
    this.root = root;
    this.server = server;
  }

  /** Starts the server; waits while another run of the case uses the port. */
  public static FileServer start(Path root, InetSocketAddress address) {
    var server =
        Awaitility.await()
            .atMost(OTHER_RUN)
            .ignoreExceptionsMatching(e -> e.getCause() instanceof BindException)
            .until(() -> bind(address), _ -> true);
    var files = new FileServer(root, server);
    server.createContext("/", files::serve);
    server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
    server.start();
    return files;
  }

  private static HttpServer bind(InetSocketAddress address) {
    try {
      return HttpServer.create(address, 0);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void serve(HttpExchange exchange) throws IOException {
    try (exchange) {
      var file = root.resolve("." + exchange.getRequestURI().getPath()).normalize();
      if (!file.startsWith(root) || !Files.isRegularFile(file)) {
        exchange.sendResponseHeaders(404, -1);
        return;
      }
      var headers = exchange.getResponseHeaders();
      headers.set("Content-Type", "application/octet-stream");
      headers.set(
          "Last-Modified",
          HTTP_DATE.format(Files.getLastModifiedTime(file).toInstant().atOffset(ZoneOffset.UTC)));
      var size = Files.size(file);
      if (exchange.getRequestMethod().equals("HEAD")) {
        headers.set("Content-Length", Long.toString(size));
        exchange.sendResponseHeaders(200, -1);
      } else {
        exchange.sendResponseHeaders(200, size == 0 ? -1 : size);
        Files.copy(file, exchange.getResponseBody());
      }
    }
  }

  @Override
  public void close() {
    server.stop(0);
  }
}
