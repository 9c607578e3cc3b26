package dev.stagewright.e2e;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executors;
import org.jspecify.annotations.Nullable;

/** A git server with smart HTTP, {@code git http-backend}, that Pods of the cluster can reach. */
final class GitServer implements AutoCloseable {
  private static final Duration QUICK = Duration.ofMinutes(1);

  private final Shell shell =
      new Shell(
          Map.of(
              "GIT_AUTHOR_NAME", "e2e",
              "GIT_AUTHOR_EMAIL", "e2e@example.com",
              "GIT_COMMITTER_NAME", "e2e",
              "GIT_COMMITTER_EMAIL", "e2e@example.com"));
  private final Path folder;
  private final HttpServer server;

  private GitServer(Path folder, HttpServer server) {
    this.folder = folder;
    this.server = server;
  }

  static GitServer start(Environment environment) {
    try {
      var folder = Files.createTempDirectory("e2e-git-");
      var server = HttpServer.create(new InetSocketAddress(environment.host(), 0), 0);
      var git = new GitServer(folder, server);
      git.git("init", "-q", "-b", "main");
      server.createContext("/", git::serve);
      server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
      server.start();
      return git;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  String url() {
    var address = server.getAddress();
    return "http://" + address.getHostString() + ":" + address.getPort() + "/.git";
  }

  /** Commits files to main; returns the commit ID. */
  String commit(Map<String, String> files) {
    try {
      for (var file : files.entrySet()) {
        Files.writeString(folder.resolve(file.getKey()), file.getValue());
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    git("add", ".");
    git("commit", "-q", "-m", "change");
    return git("rev-parse", "HEAD");
  }

  void tag(String name) {
    git("tag", name);
  }

  private String git(String... arguments) {
    var command = new ArrayList<>(List.of("git", "-C", folder.toString()));
    command.addAll(List.of(arguments));
    return shell.output(QUICK, command.toArray(String[]::new));
  }

  /** Serves a request according to CGI (RFC 3875). */
  private void serve(HttpExchange exchange) throws IOException {
    var builder = new ProcessBuilder("git", "http-backend");
    var environment = builder.environment();
    environment.put("GIT_PROJECT_ROOT", folder.toString());
    environment.put("GIT_HTTP_EXPORT_ALL", "1");
    environment.put("PATH_INFO", exchange.getRequestURI().getPath());
    environment.put("REQUEST_METHOD", exchange.getRequestMethod());
    put(environment, "QUERY_STRING", exchange.getRequestURI().getRawQuery());
    put(environment, "CONTENT_TYPE", exchange.getRequestHeaders().getFirst("Content-Type"));
    put(
        environment,
        "HTTP_CONTENT_ENCODING",
        exchange.getRequestHeaders().getFirst("Content-Encoding"));
    put(environment, "GIT_PROTOCOL", exchange.getRequestHeaders().getFirst("Git-Protocol"));
    var process = builder.redirectError(ProcessBuilder.Redirect.DISCARD).start();
    try (var in = process.getOutputStream()) {
      exchange.getRequestBody().transferTo(in);
    }
    try (var out = process.getInputStream();
        var body = exchange.getResponseBody()) {
      var status = readHeaders(out, exchange);
      exchange.sendResponseHeaders(status, 0);
      out.transferTo(body);
    }
  }

  private static void put(Map<String, String> environment, String name, @Nullable String value) {
    if (value != null) {
      environment.put(name, value);
    }
  }

  private static int readHeaders(InputStream out, HttpExchange exchange) throws IOException {
    var status = 200;
    for (var line = readLine(out); !line.isEmpty(); line = readLine(out)) {
      var colon = line.indexOf(':');
      var name = line.substring(0, colon);
      var value = line.substring(colon + 1).strip();
      if (name.equalsIgnoreCase("Status")) {
        status = Integer.parseInt(value.substring(0, 3));
      } else {
        exchange.getResponseHeaders().set(name, value);
      }
    }
    return status;
  }

  private static String readLine(InputStream in) throws IOException {
    var line = new ByteArrayOutputStream();
    for (var b = in.read(); b >= 0 && b != '\n'; b = in.read()) {
      line.write(b);
    }
    return line.toString(StandardCharsets.UTF_8).strip();
  }

  @Override
  public void close() {
    server.stop(0);
    shell.output(QUICK, "rm", "-rf", folder.toString());
  }
}
