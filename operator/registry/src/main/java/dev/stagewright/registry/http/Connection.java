package dev.stagewright.registry.http;

import dev.stagewright.registry.proxy.ProxyAddress;
import dev.stagewright.registry.tls.TlsSettings;
import java.util.Optional;

/**
 * How a registry's host is connected to, where the defaults do not do.
 *
 * @param tls whom to trust, and what to show
 * @param proxy on the way there; empty for that of the environment, if there is one
 */
public record Connection(TlsSettings tls, Optional<ProxyAddress> proxy) {
  /** The defaults. */
  public static final Connection DEFAULT = new Connection(TlsSettings.DEFAULT, Optional.empty());

  /**
   * To where the registry sends us: its token service, or the object store behind it. What it
   * trusts is trusted there, but our certificate is for the registry alone.
   */
  public Connection elsewhere() {
    return new Connection(tls.anonymous(), proxy);
  }
}
