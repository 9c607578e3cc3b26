package dev.stagewright.worker.source.git.http;

import dev.stagewright.registry.http.Connection;
import dev.stagewright.registry.http.RedirectingTransport;
import dev.stagewright.registry.proxy.ProxyEnvironment;
import dev.stagewright.registry.tls.TlsSettings;
import java.net.URI;
import java.util.Optional;

/**
 * How to connect to git servers.
 *
 * @param tls trusted authorities, and a client certificate
 * @param proxies the proxies of the environment
 * @param server the server that the client certificate is for; empty for none
 */
public record HttpSettings(TlsSettings tls, ProxyEnvironment proxies, Optional<URI> server) {
  /** The authorities of the runtime, without proxies. */
  public static final HttpSettings DEFAULT = of(ProxyEnvironment.NONE);

  /** The authorities of the runtime. */
  public static HttpSettings of(ProxyEnvironment proxies) {
    return new HttpSettings(TlsSettings.DEFAULT, proxies, Optional.empty());
  }

  /** The settings for a server: without the client certificate if it is for another one. */
  public HttpSettings of(URI address) {
    return server.filter(own -> RedirectingTransport.isSameOrigin(own, address)).isPresent()
        ? this
        : new HttpSettings(tls.withoutIdentity(), proxies, Optional.empty());
  }

  /** The connection to the server that the certificate is for. */
  Connection toServer() {
    return new Connection(tls, Optional.empty());
  }

  /** The connection to any other server. */
  Connection toOtherServer() {
    return toServer().forOtherHosts();
  }
}
