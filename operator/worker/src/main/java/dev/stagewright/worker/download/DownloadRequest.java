package dev.stagewright.worker.download;

import java.net.URI;
import java.util.Locale;
import java.util.Optional;

/**
 * A file to download.
 *
 * @param url the address
 * @param name the address for messages
 * @param access how to connect
 * @param maxBytes the largest size of the file
 * @param algorithm the algorithm of the checksum to compute in addition to sha256; empty for none
 */
public record DownloadRequest(
    URI url, String name, DownloadAccess access, long maxBytes, Optional<String> algorithm) {

  /**
   * Parses an address. Spaces are encoded.
   *
   * @throws IllegalArgumentException if the address is not an http or https URL with a host
   */
  public static URI parse(String url) {
    var uri = URI.create(url.replace(" ", "%20"));
    var scheme = String.valueOf(uri.getScheme()).toLowerCase(Locale.ROOT);
    if (uri.getHost() == null || !(scheme.equals("http") || scheme.equals("https"))) {
      throw new IllegalArgumentException("not an http or https URL with a host");
    }
    return uri;
  }

  /** An address without user, query and fragment, which may contain secrets. */
  public static String withoutSecrets(URI url) {
    var port = url.getPort() < 0 ? "" : ":" + url.getPort();
    return url.getScheme() + "://" + url.getHost() + port + url.getRawPath();
  }
}
