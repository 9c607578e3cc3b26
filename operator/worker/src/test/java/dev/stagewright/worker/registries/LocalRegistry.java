package dev.stagewright.worker.registries;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.Optional;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Assumptions;

/** The CNCF distribution registry, as a process on the loopback interface. */
public final class LocalRegistry implements AutoCloseable {
  private final Process process;
  private final int port;

  private LocalRegistry(Process process, int port) {
    this.process = process;
    this.port = port;
  }

  /**
   * Starts a registry that stores everything below a directory. Skips the test if {@code
   * e2e/cluster} has not built the registry yet.
   *
   * @param accounts an htpasswd file; empty for anonymous access
   */
  public static LocalRegistry start(Path directory, Optional<Path> accounts) throws IOException {
    var program = program();
    Assumptions.assumeTrue(program.isPresent(), "no registry: e2e/cluster up builds one");
    var port = freePort();
    var config = directory.resolve("registry.yml");
    Files.writeString(
        config,
        """
        version: 0.1
        log: {level: error}
        storage:
          filesystem: {rootdirectory: %s}
          delete: {enabled: true}
        http: {addr: "127.0.0.1:%d"}
        """
                .formatted(directory.resolve("content"), port)
            + accounts
                .map(file -> "auth: {htpasswd: {realm: test, path: " + file + "}}\n")
                .orElse(""));
    var process =
        new ProcessBuilder(program.get().toString(), "serve", config.toString())
            .redirectErrorStream(true)
            .redirectOutput(directory.resolve("registry.log").toFile())
            .start();
    var registry = new LocalRegistry(process, port);
    Awaitility.await().until(registry::answers);
    return registry;
  }

  /** Host and port, as references have them. */
  public String host() {
    return "127.0.0.1:" + port;
  }

  private boolean answers() throws InterruptedException {
    try (var client = HttpClient.newHttpClient()) {
      var request = HttpRequest.newBuilder(URI.create("http://" + host() + "/v2/")).build();
      return client.send(request, BodyHandlers.discarding()).statusCode() < 500;
    } catch (IOException _) {
      return false;
    }
  }

  private static Optional<Path> program() throws IOException {
    var cache =
        Optional.ofNullable(System.getenv("XDG_CACHE_HOME"))
            .map(Path::of)
            .orElse(Path.of(System.getProperty("user.home"), ".cache"));
    var tools = cache.resolve("stagewright/tools");
    if (!Files.isDirectory(tools)) {
      return Optional.empty();
    }
    try (var directories = Files.list(tools)) {
      return directories
          .map(directory -> directory.resolve("registry"))
          .filter(Files::isExecutable)
          .max(Comparator.naturalOrder());
    }
  }

  private static int freePort() throws IOException {
    try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }

  @Override
  public void close() {
    process.destroy();
    process.onExit().join();
  }
}
