package dev.stagewright.registry.http;

import dev.stagewright.registry.proxy.ProxyAddress;
import dev.stagewright.registry.tls.NoTls;
import dev.stagewright.registry.tls.TlsSettings;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpClient.Redirect;
import java.net.http.HttpClient.Version;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/**
 * The JDK's HTTP clients, one per combination of TLS and proxy settings, created on first use.
 * Requests without TLS have clients of their own, which need no TLS context.
 */
final class HttpClients implements AutoCloseable {
  private final Duration connectTimeout;
  private final ExecutorService executor = Executors.newVirtualThreadPerTaskExecutor();
  private final Map<Route, HttpClient> clients = new ConcurrentHashMap<>();

  /** Empty TLS settings are for requests without TLS. */
  private record Route(Optional<TlsSettings> tls, Optional<ProxyAddress> proxy) {}

  HttpClients(Duration connectTimeout) {
    TunnelAuthentication.allow();
    TransferBuffers.enlarge();
    this.connectTimeout = connectTimeout;
  }

  /** Returns the client for requests with the scheme of this URI. */
  HttpClient get(URI uri, TlsSettings tls, Optional<ProxyAddress> proxy) {
    var used =
        "http".equalsIgnoreCase(uri.getScheme()) ? Optional.<TlsSettings>empty() : Optional.of(tls);
    return clients.computeIfAbsent(new Route(used, proxy), this::create);
  }

  private HttpClient create(Route route) {
    var builder =
        HttpClient.newBuilder()
            .version(Version.HTTP_1_1)
            .followRedirects(Redirect.NEVER)
            .connectTimeout(connectTimeout)
            .proxy(new StaticProxySelector(route.proxy()))
            .executor(executor);
    if (route.tls().isEmpty()) {
      builder.sslContext(new NoTls());
    } else if (!route.tls().get().equals(TlsSettings.DEFAULT)) {
      builder.sslContext(route.tls().get().context());
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
