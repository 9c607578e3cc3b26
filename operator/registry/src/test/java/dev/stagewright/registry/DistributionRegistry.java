package dev.stagewright.registry;

import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/** The CNCF distribution registry, as a process on the loopback interface. */
final class DistributionRegistry implements AutoCloseable {
  private static final Duration START = Duration.ofSeconds(20);

  private final Process process;
  private final int port;

  private DistributionRegistry(Process process, int port) {
    this.process = process;
    this.port = port;
  }

  /** The program that the end-to-end tests build; empty if they have not. */
  static Optional<Path> program() throws IOException {
    var cache =
        Optional.ofNullable(System.getenv("XDG_CACHE_HOME"))
            .filter(folder -> !folder.isEmpty())
            .map(Path::of)
            .orElse(Path.of(System.getProperty("user.home"), ".cache"));
    var tools = cache.resolve("stagewright/tools");
    if (!Files.isDirectory(tools)) {
      return Optional.empty();
    }
    try (var folders = Files.list(tools)) {
      return folders
          .map(folder -> folder.resolve("registry"))
          .filter(Files::isExecutable)
          .sorted()
          .findFirst();
    }
  }

  static DistributionRegistry start(Path program, Path folder) throws IOException {
    var port = freePort();
    var config = folder.resolve("config.yml");
    Files.writeString(
        config,
        """
        version: 0.1
        log: {level: warn}
        storage:
          filesystem: {rootdirectory: "%s"}
        http: {addr: "127.0.0.1:%d"}
        """
            .formatted(folder.resolve("data"), port));
    var process =
        new ProcessBuilder(program.toString(), "serve", config.toString())
            .redirectErrorStream(true)
            .redirectOutput(Redirect.to(folder.resolve("log").toFile()))
            .start();
    var registry = new DistributionRegistry(process, port);
    await()
        .atMost(START)
        .pollInterval(Duration.ofMillis(20))
        .failFast("it ended, see its log", () -> !process.isAlive())
        .until(registry::answers);
    return registry;
  }

  private static int freePort() throws IOException {
    try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }

  private boolean answers() {
    try (var _ = new Socket(InetAddress.getLoopbackAddress(), port)) {
      return true;
    } catch (IOException _) {
      return false;
    }
  }

  /** Host and port, as references have them. */
  String host() {
    return "127.0.0.1:" + port;
  }

  @Override
  public void close() {
    process.destroy();
  }
}
