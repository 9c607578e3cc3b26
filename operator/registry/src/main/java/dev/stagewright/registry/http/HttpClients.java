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

/** A client of Java's for each way to connect, made when it is first needed. */
final class HttpClients implements AutoCloseable {
  private final Duration connectTimeout;
  private final ExecutorService executor = Executors.newVirtualThreadPerTaskExecutor();
  private final Map<Way, HttpClient> clients = new ConcurrentHashMap<>();

  private record Way(TlsSettings tls, Optional<ProxyAddress> proxy) {}

  HttpClients(Duration connectTimeout) {
    TunnelAuthentication.allow();
    TransferBuffers.enlarge();
    this.connectTimeout = connectTimeout;
  }

  HttpClient get(TlsSettings tls, Optional<ProxyAddress> proxy) {
    return clients.computeIfAbsent(new Way(tls, proxy), this::create);
  }

  private HttpClient create(Way way) {
    var builder =
        HttpClient.newBuilder()
            .version(Version.HTTP_1_1)
            .followRedirects(Redirect.NEVER)
            .connectTimeout(connectTimeout)
            .proxy(new StaticProxySelector(way.proxy()))
            .executor(executor);
    if (!way.tls().equals(TlsSettings.DEFAULT)) {
      builder.sslContext(way.tls().context());
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
