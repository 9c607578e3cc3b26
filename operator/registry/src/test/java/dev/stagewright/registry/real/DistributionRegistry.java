package dev.stagewright.registry.real;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.ProcessBuilder.Redirect;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/** The CNCF distribution registry, as a process on the loopback interface. */
public final class DistributionRegistry implements AutoCloseable {
  private static final String NO_PROGRAM =
      "the distribution registry is missing in the tools' cache; ./e2e/cluster up builds it";
  private static final Duration START = Duration.ofSeconds(20);

  private final Path program;
  private final Path directory;
  private final int port;
  private Optional<Process> process = Optional.empty();

  private DistributionRegistry(Path program, Path directory, int port) {
    this.program = program;
    this.directory = directory;
    this.port = port;
  }

  /**
   * Starts a registry with anonymous access over plain http. Skips the test if the program is
   * missing.
   */
  public static DistributionRegistry start(Path directory) {
    return start(directory, "", "");
  }

  /**
   * Starts a registry.
   *
   * @param http additional settings of {@code http} in the configuration
   * @param rest additional settings besides {@code http} and {@code storage}
   */
  public static DistributionRegistry start(Path directory, String http, String rest) {
    try {
      var program = program();
      if (program.isEmpty()) {
        System.out.println("Skipped: " + NO_PROGRAM);
      }
      assumeTrue(program.isPresent(), NO_PROGRAM);
      var registry = new DistributionRegistry(program.get(), directory, freePort());
      registry.configure(http, rest);
      registry.start();
      return registry;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Returns the program that the end-to-end tests build; empty if they have not built it. */
  private static Optional<Path> program() throws IOException {
    var cache =
        Optional.ofNullable(System.getenv("XDG_CACHE_HOME"))
            .filter(directory -> !directory.isEmpty())
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
          .sorted()
          .findFirst();
    }
  }

  private void configure(String http, String rest) throws IOException {
    Files.writeString(
        directory.resolve("config.yml"),
        """
        version: 0.1
        log: {level: warn}
        storage:
          filesystem: {rootdirectory: "%s"}
        http:
          addr: "127.0.0.1:%d"
          secret: of-this-test
        """
                .formatted(directory.resolve("data"), port)
            + http.indent(2)
            + rest);
  }

  /** Starts the registry, or restarts it with its stored content. */
  public void start() {
    try {
      var started =
          new ProcessBuilder(
                  program.toString(), "serve", directory.resolve("config.yml").toString())
              .redirectErrorStream(true)
              .redirectOutput(Redirect.appendTo(directory.resolve("log").toFile()))
              .start();
      process = Optional.of(started);
      await()
          .atMost(START)
          .pollInterval(Duration.ofMillis(20))
          .failFast("the registry ended, see its log", () -> !started.isAlive())
          .until(this::isListening);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Kills the registry. */
  public void stop() {
    process.ifPresent(running -> running.destroyForcibly().onExit().join());
    process = Optional.empty();
  }

  private static int freePort() throws IOException {
    try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }

  private boolean isListening() {
    try (var _ = new Socket(InetAddress.getLoopbackAddress(), port)) {
      return true;
    } catch (IOException _) {
      return false;
    }
  }

  /** The port of the registry. */
  public int port() {
    return port;
  }

  /** Host and port, as references have them. */
  public String host() {
    return "127.0.0.1:" + port;
  }

  @Override
  public void close() {
    stop();
  }
}
