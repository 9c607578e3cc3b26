package dev.stagewright.registry.http;

import dev.stagewright.registry.proxy.ProxyAddress;
import dev.stagewright.registry.tls.TlsSettings;
import java.net.http.HttpClient;
import java.net.http.HttpClient.Redirect;
import java.net.http.HttpClient.Version;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** The JDK's HTTP clients, one per combination of TLS and proxy settings, created on first use. */
final class HttpClients implements AutoCloseable {
  private final Duration connectTimeout;
  private final ExecutorService executor = Executors.newVirtualThreadPerTaskExecutor();
  private final Map<Route, HttpClient> clients = new ConcurrentHashMap<>();

  private record Route(TlsSettings tls, Optional<ProxyAddress> proxy) {}

  HttpClients(Duration connectTimeout) {
    TunnelAuthentication.allow();
    TransferBuffers.enlarge();
    this.connectTimeout = connectTimeout;
  }

  HttpClient get(TlsSettings tls, Optional<ProxyAddress> proxy) {
    return clients.computeIfAbsent(new Route(tls, proxy), this::create);
  }

  private HttpClient create(Route route) {
    var builder =
        HttpClient.newBuilder()
            .version(Version.HTTP_1_1)
            .followRedirects(Redirect.NEVER)
            .connectTimeout(connectTimeout)
            .proxy(new StaticProxySelector(route.proxy()))
            .executor(executor);
    if (!route.tls().equals(TlsSettings.DEFAULT)) {
      builder.sslContext(route.tls().context());
    }
    return builder.build();
  }

  @Override
  public void close() {
    clients.values().forEach(HttpClient::shutdownNow);
    clients.values().forEach(HttpClient::close);
    executor.shutdownNow();
  }
}
