package dev.stagewright.bench.scale;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import io.fabric8.kubernetes.api.model.Pod;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.stream.Collectors;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;

/** The endpoint of the kubelet from which the API server reads container logs. */
final class ContainerLogServer implements AutoCloseable {
  private static final char[] PASSWORD = "simulated-kubelet".toCharArray();

  private final HttpsServer server;
  private final Map<String, SimulatedLog> logs = new ConcurrentHashMap<>();

  private ContainerLogServer(HttpsServer server) {
    this.server = server;
  }

  /** The log of a container, which is written when the container ends if it is in a worker Pod. */
  private record SimulatedLog(Instant time, CompletableFuture<Void> end) {
    private SimulatedLog() {
      this(Instant.now(), new CompletableFuture<>());
    }

    private byte[] text(String task, boolean hasTimestamps) {
      return SimulatedBuild.log(task).stream()
          .map(line -> (hasTimestamps ? time + " " : "") + line + "\n")
          .collect(Collectors.joining())
          .getBytes(StandardCharsets.UTF_8);
    }
  }

  /** Serves {@code /containerLogs/NAMESPACE/POD/CONTAINER} on a free port. */
  static ContainerLogServer start(String address)
      throws IOException, GeneralSecurityException, InterruptedException {
    var server = HttpsServer.create(new InetSocketAddress(address, 0), 128);
    server.setHttpsConfigurator(new HttpsConfigurator(tls()));
    server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
    var logs = new ContainerLogServer(server);
    server.createContext("/containerLogs/", logs::serve);
    server.start();
    return logs;
  }

  /** Sends the log; with {@code follow}, the response ends with the container. */
  private void serve(HttpExchange exchange) throws IOException {
    var path = exchange.getRequestURI().getPath().split("/");
    var query = String.valueOf(exchange.getRequestURI().getQuery());
    var task = PodSimulator.task(path[3], path[4]);
    var log = log(path[2], path[3], path[4]);
    var text = log.text(task, query.contains("timestamps=true"));
    exchange.getResponseHeaders().set("Content-Type", "text/plain");
    exchange.sendResponseHeaders(200, 0);
    try (var body = exchange.getResponseBody()) {
      if (PodSimulator.isInWorker(task)) {
        awaitEnd(log, query);
        body.write(text);
      } else {
        body.write(text);
        body.flush();
        awaitEnd(log, query);
      }
    }
  }

  private static void awaitEnd(SimulatedLog log, String query) {
    if (query.contains("follow=true")) {
      log.end.join();
    }
  }

  private SimulatedLog log(String namespace, String pod, String container) {
    return logs.computeIfAbsent(namespace + "/" + pod + "/" + container, _ -> new SimulatedLog());
  }

  /** Ends the log of a container that ends. */
  void end(Pod pod, String container) {
    log(pod.getMetadata().getNamespace(), pod.getMetadata().getName(), container)
        .end
        .complete(null);
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
