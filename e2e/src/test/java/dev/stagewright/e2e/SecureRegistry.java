package dev.stagewright.e2e;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.awaitility.Awaitility;

/** The CNCF distribution registry with TLS and one account, which Pods of the cluster can reach. */
final class SecureRegistry implements AutoCloseable {
  static final String USER = "robin";
  static final String PASSWORD = "PW-robin-4711-wren";

  /** As htpasswd writes it, with bcrypt. */
  private static final String ACCOUNT =
      USER + ":$2b$04$suBf63OBC4DB4tuIjWdW/e8gbWmO4fLjWq4XRgEMEQk2mUBchbb2.\n";

  private final Process process;
  private final String address;
  private final int port;

  private SecureRegistry(Process process, String address, int port) {
    this.process = process;
    this.address = address;
    this.port = port;
  }

  static SecureRegistry start(Environment environment, Path folder, ServerCertificate certificate) {
    try {
      var address = environment.host();
      var port = freePort(address);
      var accounts = Files.writeString(folder.resolve("accounts"), ACCOUNT);
      var config =
          Files.writeString(
              folder.resolve("registry.yml"),
              """
              version: 0.1
              log: {level: warn}
              storage: {filesystem: {rootdirectory: "%s"}}
              http:
                addr: "%s:%d"
                tls: {certificate: "%s", key: "%s"}
              auth: {htpasswd: {realm: test, path: "%s"}}
              """
                  .formatted(
                      folder.resolve("data"),
                      address,
                      port,
                      certificate.file(),
                      certificate.key(),
                      accounts));
      var process =
          environment
              .tools()
              .start(folder.resolve("registry.log"), "registry", "serve", config.toString());
      var registry = new SecureRegistry(process, address, port);
      Awaitility.await().atMost(Duration.ofSeconds(30)).until(registry::answers);
      return registry;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static int freePort(String address) throws IOException {
    try (var socket = new ServerSocket(0, 1, InetAddress.getByName(address))) {
      return socket.getLocalPort();
    }
  }

  private boolean answers() {
    try (var _ = new Socket(address, port)) {
      return true;
    } catch (IOException _) {
      return false;
    }
  }

  /** Host and port, as references have them. */
  String host() {
    return address + ":" + port;
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
