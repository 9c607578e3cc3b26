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

/** Sends everything through one proxy, or directly; the system properties of Java have no say. */
final class StaticProxySelector extends ProxySelector {
  private final List<Proxy> choice;

  StaticProxySelector(Optional<ProxyAddress> proxy) {
    this.choice =
        List.of(
            proxy
                .map(address ->
                    new Proxy(
                        Proxy.Type.HTTP, new InetSocketAddress(address.host(), address.port())))
                .orElse(Proxy.NO_PROXY));
  }

  @Override
  public List<Proxy> select(URI uri) {
    return choice;
  }

  @Override
  public void connectFailed(URI uri, SocketAddress address, IOException failure) {
    // There is no other to turn to; the request fails.
  }
}
