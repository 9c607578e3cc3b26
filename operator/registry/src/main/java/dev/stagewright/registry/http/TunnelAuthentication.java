package dev.stagewright.registry.http;

/**
 * Allows Java's HTTP client to send user name and password to a proxy that tunnels https. By
 * default the client silently omits them, because they are sent to the proxy unencrypted; users who
 * put them into the proxy's address expect that they are sent.
 */
final class TunnelAuthentication {
  private static final String DISABLED_SCHEMES = "jdk.http.auth.tunneling.disabledSchemes";

  private TunnelAuthentication() {}

  /** Allows it before the first client is created, unless a system property is set. */
  static void allow() {
    if (System.getProperty(DISABLED_SCHEMES) == null) {
      System.setProperty(DISABLED_SCHEMES, "");
    }
  }
}
