package dev.stagewright.bench.scale;

import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.concurrent.Executors;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;

/** The endpoint of the kubelet from which the API server reads container logs. */
final class ContainerLogServer implements AutoCloseable {
  private static final char[] PASSWORD = "simulated-kubelet".toCharArray();

  private final HttpsServer server;

  private ContainerLogServer(HttpsServer server) {
    this.server = server;
  }

  /** Serves {@code /containerLogs/NAMESPACE/POD/CONTAINER} on a free port. */
  static ContainerLogServer start(String address)
      throws IOException, GeneralSecurityException, InterruptedException {
    var server = HttpsServer.create(new InetSocketAddress(address, 0), 128);
    server.setHttpsConfigurator(new HttpsConfigurator(tls()));
    server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
    server.createContext(
        "/containerLogs/",
        exchange -> {
          var pod = exchange.getRequestURI().getPath().split("/")[3];
          var log = SimulatedBuild.log(PodSimulator.task(pod)).getBytes(StandardCharsets.UTF_8);
          exchange.getResponseHeaders().set("Content-Type", "text/plain");
          exchange.sendResponseHeaders(200, log.length == 0 ? -1 : log.length);
          try (var body = exchange.getResponseBody()) {
            body.write(log);
          }
        });
    server.start();
    return new ContainerLogServer(server);
  }

  int port() {
    return server.getAddress().getPort();
  }

  private static SSLContext tls()
      throws IOException, GeneralSecurityException, InterruptedException {
    var folder = Files.createTempDirectory("simulated-kubelet");
    var file = folder.resolve("keys.p12");
    var keytool =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "keytool").toString(),
                "-genkeypair",
                "-alias",
                "kubelet",
                "-keyalg",
                "EC",
                "-dname",
                "CN=simulated-kubelet",
                "-storetype",
                "PKCS12",
                "-storepass",
                new String(PASSWORD),
                "-keystore",
                file.toString())
            .inheritIO()
            .start();
    if (keytool.waitFor() != 0) {
      throw new IOException("keytool failed to create a key");
    }
    var keys = KeyStore.getInstance("PKCS12");
    try (var in = Files.newInputStream(file)) {
      keys.load(in, PASSWORD);
    }
    Files.delete(file);
    Files.delete(folder);
    var managers = KeyManagerFactory.getInstance("PKIX");
    managers.init(keys, PASSWORD);
    var context = SSLContext.getInstance("TLS");
    context.init(managers.getKeyManagers(), null, null);
    return context;
  }

  @Override
  public void close() {
    server.stop(0);
  }
}
