package dev.stagewright.controller.config;

import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * How a registry is reached.
 *
 * @param host as image references have it, for example {@code docker.io}
 * @param plainHttp no TLS
 * @param mirror where to look first, {@code host[:port][/path prefix]}; empty for none
 * @param rewrites where to look instead, {@code host[:port][/path prefix]}, by path of the
 *     registry; the empty path is for all of it, and the longest counts
 * @param caBundle certificates to trust, in PEM; empty for those of the runtime only
 * @param tls name of a Secret in the build's namespace with {@code tls.crt} and {@code tls.key}
 *     (and perhaps {@code ca.crt}) for a registry that asks for client certificates; empty for none
 * @param proxy {@code http://host:port}; empty for that of the environment
 * @param chunkSize most bytes that one request of an upload may carry; empty for no limit
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
  private static final Pattern PLACE =
      Pattern.compile("([^/@]+@)?[A-Za-z0-9.-]+(:[0-9]{1,5})?(/[a-z0-9._/-]+)?");
  private static final Pattern PROXY =
      Pattern.compile("https?://([^/@]+@)?[A-Za-z0-9.\\[\\]:-]+/?");
  private static final Pattern SECRET = Pattern.compile("[a-z0-9]([a-z0-9.-]{0,251}[a-z0-9])?");

  /**
   * @throws IllegalArgumentException if a value makes no sense; it names the entry and the value
   */
  public RegistryConfig {
    rewrites = Map.copyOf(rewrites);
    if (host.isBlank() || host.contains("/")) {
      throw new IllegalArgumentException(
          "registries: host must be host[:port], without scheme and path, but is '" + host + "'");
    }
    mirror.ifPresent(place -> check(host, "mirror", PLACE, place, "host[:port][/path]"));
    rewrites.forEach((path, place) ->
        check(host, "rewrites['" + path + "']", PLACE, place, "host[:port][/path]"));
    proxy.ifPresent(address -> check(host, "proxy", PROXY, address, "http://host:port"));
    tls.ifPresent(secret -> check(host, "tls", SECRET, secret, "the name of a Secret"));
    caBundle.ifPresent(pem -> PemCertificates.check("registries: caBundle of " + host, pem));
    if (chunkSize.filter(size -> size < 1).isPresent()) {
      throw new IllegalArgumentException("registries: chunkSize of " + host + " must be positive");
    }
  }

  /** One that differs by nothing but this. */
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

  private static void check(String host, String what, Pattern form, String value, String words) {
    if (!form.matcher(value).matches()) {
      throw new IllegalArgumentException(
          "registries: %s of %s must be %s, but is '%s'"
              .formatted(what, host, words, masked(value)));
    }
  }

  /** For the log; a mirror or a proxy may carry a password where someone wrote one into it. */
  String describe() {
    return host
        + (plainHttp ? " (http)" : "")
        + mirror.map(place -> " via " + masked(place)).orElse("")
        + (rewrites.isEmpty() ? "" : " rewritten " + rewrites)
        + (caBundle.isEmpty() ? "" : " with a CA bundle")
        + tls.map(secret -> " with the certificate of Secret " + secret).orElse("")
        + proxy.map(address -> " by proxy " + masked(address)).orElse("")
        + chunkSize.map(size -> " in chunks of " + size).orElse("");
  }

  private static String masked(String place) {
    return place.replaceFirst("^(https?://)?[^/]*@", "$1***@");
  }
}
