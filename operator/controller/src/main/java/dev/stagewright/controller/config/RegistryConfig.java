package dev.stagewright.controller.config;

import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * The connection settings of a registry.
 *
 * @param host as in image references, for example {@code docker.io}
 * @param plainHttp whether to connect without TLS
 * @param mirror the location to try first, {@code host[:port][/path prefix]}; empty for no mirror
 * @param rewrites locations to use instead, {@code host[:port][/path prefix]}, by path of the
 *     registry. The longest matching path applies; the empty path matches every repository.
 * @param caBundle CA certificates to trust, in PEM; empty for those of the runtime only
 * @param tls name of a Secret in the build's namespace with {@code tls.crt}, {@code tls.key} and
 *     optionally {@code ca.crt}, for a registry that requires client certificates; empty for none
 * @param proxy {@code http://host:port}; empty for the proxy of the environment
 * @param chunkSize maximum number of bytes per upload request; empty for no limit
 */
public record RegistryConfig(
    String host,
    boolean plainHttp,
    Optional<String> mirror,
    Map<String, String> rewrites,
    Optional<String> caBundle,
    Optional<String> tls,
    Optional<String> proxy,
    Optional<Long> chunkSize) {
  private static final Pattern LOCATION =
      Pattern.compile("([^/@]+@)?[A-Za-z0-9.-]+(:[0-9]{1,5})?(/[a-z0-9._/-]+)?");
  private static final Pattern PROXY =
      Pattern.compile("https?://([^/@]+@)?[A-Za-z0-9.\\[\\]:-]+/?");
  private static final Pattern SECRET = Pattern.compile("[a-z0-9]([a-z0-9.-]{0,251}[a-z0-9])?");

  /**
   * @throws IllegalArgumentException if a value is invalid; the message names entry and value
   */
  public RegistryConfig {
    rewrites = Map.copyOf(rewrites);
    if (host.isBlank() || host.contains("/")) {
      throw new IllegalArgumentException(
          "registries: host must be host[:port], without scheme and path, but is '" + host + "'");
    }
    mirror.ifPresent(location -> check(host, "mirror", LOCATION, location, "host[:port][/path]"));
    rewrites.forEach((path, location) ->
        check(host, "rewrites['" + path + "']", LOCATION, location, "host[:port][/path]"));
    proxy.ifPresent(address -> check(host, "proxy", PROXY, address, "http://host:port"));
    tls.ifPresent(secret -> check(host, "tls", SECRET, secret, "the name of a Secret"));
    caBundle.ifPresent(pem -> PemCertificates.check("registries: caBundle of " + host, pem));
    if (chunkSize.filter(size -> size < 1).isPresent()) {
      throw new IllegalArgumentException("registries: chunkSize of " + host + " must be positive");
    }
  }

  /** A registry whose other settings are the defaults. */
  public RegistryConfig(String host, boolean plainHttp, Optional<String> mirror) {
    this(
        host,
        plainHttp,
        mirror,
        Map.of(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty());
  }

  private static void check(
      String host, String property, Pattern pattern, String value, String expected) {
    if (!pattern.matcher(value).matches()) {
      throw new IllegalArgumentException(
          "registries: %s of %s must be %s, but is '%s'"
              .formatted(property, host, expected, masked(value)));
    }
  }

  /** The settings for the log, without the passwords that a mirror or proxy can contain. */
  String describe() {
    return host
        + (plainHttp ? " (http)" : "")
        + mirror.map(location -> " via " + masked(location)).orElse("")
        + (rewrites.isEmpty() ? "" : " rewritten " + rewrites)
        + (caBundle.isEmpty() ? "" : " with a CA bundle")
        + tls.map(secret -> " with the certificate of Secret " + secret).orElse("")
        + proxy.map(address -> " through proxy " + masked(address)).orElse("")
        + chunkSize.map(size -> " in chunks of " + size).orElse("");
  }

  private static String masked(String location) {
    return location.replaceFirst("^(https?://)?[^/]*@", "$1***@");
  }
}
