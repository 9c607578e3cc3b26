package dev.stagewright.registry.http;

import dev.stagewright.registry.proxy.ProxyAddress;
import dev.stagewright.registry.tls.TlsSettings;
import java.util.Optional;

/**
 * Connection settings of a registry host.
 *
 * @param tls trusted authorities and the client certificate
 * @param proxy the proxy; empty for the proxy of the environment, if any
 */
public record Connection(TlsSettings tls, Optional<ProxyAddress> proxy) {
  /** The default settings. */
  public static final Connection DEFAULT = new Connection(TlsSettings.DEFAULT, Optional.empty());

  /**
   * Returns the settings for other hosts that the registry refers to: its token service, or its
   * object store. They trust the same authorities, but the client certificate is for the registry
   * only.
   */
  public Connection forOtherHosts() {
    return new Connection(tls.withoutIdentity(), proxy);
  }
}
