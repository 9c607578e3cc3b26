package dev.stagewright.controller.support;

import com.sun.net.httpserver.HttpHandler;
import com.sun.net.httpserver.HttpServer;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.ConfigBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.concurrent.Executors;

/** An API server whose responses a test defines, and a client that does not retry. */
public final class FakeApiServer implements AutoCloseable {
  private final HttpServer server;
  private final KubernetesClient client;

  private FakeApiServer(HttpServer server, KubernetesClient client) {
    this.server = server;
    this.client = client;
  }

  /** Starts the server with a handler for all requests; the exchanges are closed after it. */
  public static FakeApiServer start(HttpHandler handler) throws IOException {
    var server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext(
        "/",
        exchange -> {
          try (exchange) {
            handler.handle(exchange);
          }
        });
    server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
    server.start();
    var config =
        new ConfigBuilder(Config.empty())
            .withMasterUrl("http://localhost:" + server.getAddress().getPort())
            .withRequestRetryBackoffLimit(0)
            .build();
    return new FakeApiServer(server, new KubernetesClientBuilder().withConfig(config).build());
  }

  /** Another client with connections of its own. */
  public KubernetesClient newClient() {
    return new KubernetesClientBuilder().withConfig(client.getConfiguration()).build();
  }

  /** A client of the server. */
  public KubernetesClient client() {
    return client;
  }

  @Override
  public void close() {
    client.close();
    server.stop(0);
  }
}
