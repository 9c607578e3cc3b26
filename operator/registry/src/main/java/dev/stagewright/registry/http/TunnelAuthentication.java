package dev.stagewright.registry.http;

/**
 * Lets Java's HTTP client name user and password to a proxy that tunnels https. By default it
 * leaves them out without a word, as they cross to the proxy in the clear; whoever puts them into
 * the proxy's address wants just that.
 */
final class TunnelAuthentication {
  private static final String DISABLED_SCHEMES = "jdk.http.auth.tunneling.disabledSchemes";

  private TunnelAuthentication() {}

  /** Unless a system property says otherwise; before the first client is made. */
  static void allow() {
    if (System.getProperty(DISABLED_SCHEMES) == null) {
      System.setProperty(DISABLED_SCHEMES, "");
    }
  }
}
