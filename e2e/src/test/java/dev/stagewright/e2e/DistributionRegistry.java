package dev.stagewright.e2e;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.regex.Pattern;
import org.awaitility.Awaitility;

/**
 * The CNCF distribution registry as a process of this machine that Pods of the cluster can reach.
 */
final class DistributionRegistry implements AutoCloseable {
  static final String USER = "robin";
  static final String PASSWORD = "PW-robin-4711-wren";

  /** In the format of htpasswd, with bcrypt. */
  private static final String ACCOUNT =
      USER + ":$2b$04$suBf63OBC4DB4tuIjWdW/e8gbWmO4fLjWq4XRgEMEQk2mUBchbb2.\n";

  /** A line of the log: method, path, and status of the response. */
  private static final Pattern REQUEST =
      Pattern.compile("\"([A-Z]+) ([^ ?]+)[^ ]* HTTP/[0-9.]+\" ([0-9]{3}) ");

  private final Process process;
  private final Path log;
  private final String address;
  private final int port;

  private DistributionRegistry(Process process, Path log, String address, int port) {
    this.process = process;
    this.log = log;
    this.address = address;
    this.port = port;
  }

  /**
   * A request to the registry.
   *
   * @param path path without the query
   * @param status status of the response
   */
  record Request(String method, String path, int status) {}

  /** Starts a registry with TLS and one account, with Basic authentication. */
  static DistributionRegistry withAccount(
      Environment environment, Path folder, ServerCertificate certificate) {
    var accounts = write(folder.resolve("accounts"), ACCOUNT);
    var auth = "auth: {htpasswd: {realm: test, path: \"%s\"}}\n".formatted(accounts);
    return start(environment, folder, "account", tls(certificate), auth);
  }

  /** Starts a registry with TLS that accepts the tokens of a token service. */
  static DistributionRegistry withTokens(
      Environment environment, Path folder, ServerCertificate certificate, TokenService tokens) {
    return start(environment, folder, "tokens", tls(certificate), tokens.configuration());
  }

  /**
   * Starts a registry with plain HTTP and without authentication. Registries of the same folder
   * have the same images.
   */
  static DistributionRegistry open(Environment environment, Path folder) {
    return start(environment, folder, "open", "", "");
  }

  private static String tls(ServerCertificate certificate) {
    return "  tls: {certificate: \"%s\", key: \"%s\"}\n"
        .formatted(certificate.file(), certificate.key());
  }

  private static DistributionRegistry start(
      Environment environment, Path folder, String name, String http, String auth) {
    try {
      var address = environment.host();
      var port = freePort(address);
      var config =
          write(
              folder.resolve(name + ".yml"),
              """
              version: 0.1
              log: {level: warn}
              storage: {filesystem: {rootdirectory: "%s"}}
              http:
                addr: "%s:%d"
              """
                      .formatted(folder.resolve("data"), address, port)
                  + http
                  + auth);
      var log = folder.resolve(name + ".log");
      var process = environment.tools().start(log, "registry", "serve", config.toString());
      var registry = new DistributionRegistry(process, log, address, port);
      Awaitility.await().atMost(Duration.ofSeconds(30)).until(registry::acceptsConnections);
      return registry;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Path write(Path file, String content) {
    try {
      return Files.writeString(file, content);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static int freePort(String address) throws IOException {
    try (var socket = new ServerSocket(0, 1, InetAddress.getByName(address))) {
      return socket.getLocalPort();
    }
  }

  private boolean acceptsConnections() {
    try (var _ = new Socket(address, port)) {
      return true;
    } catch (IOException _) {
      return false;
    }
  }

  /** Host and port, as in image references. */
  String host() {
    return address + ":" + port;
  }

  /** All requests so far, in the order in which they ended. */
  List<Request> requests() {
    try {
      return REQUEST
          .matcher(Files.readString(log))
          .results()
          .map(line -> new Request(line.group(1), line.group(2), Integer.parseInt(line.group(3))))
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  RegistrySecret account() {
    return new RegistrySecret(host(), USER, PASSWORD);
  }

  @Override
  public void close() {
    process.destroy();
    process.onExit().join();
  }
}
