package dev.stagewright.registry.http;

import dev.stagewright.registry.proxy.ProxyAddress;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Proxy;
import java.net.ProxySelector;
import java.net.SocketAddress;
import java.net.URI;
import java.util.List;
import java.util.Optional;

/**
 * Selects the same proxy, or a direct connection, for all requests; Java's system properties have
 * no effect.
 */
final class StaticProxySelector extends ProxySelector {
  private final List<Proxy> proxies;

  StaticProxySelector(Optional<ProxyAddress> proxy) {
    this.proxies =
        List.of(
            proxy
                .map(address ->
                    new Proxy(
                        Proxy.Type.HTTP, new InetSocketAddress(address.host(), address.port())))
                .orElse(Proxy.NO_PROXY));
  }

  @Override
  public List<Proxy> select(URI uri) {
    return proxies;
  }

  @Override
  public void connectFailed(URI uri, SocketAddress address, IOException failure) {
    // There is no alternative; the request fails.
  }
}
