package dev.stagewright.worker.source.git.lfs;

import java.net.URI;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * An address with the headers that requests to it need.
 *
 * @param address the address
 * @param headers the headers; their values may be secrets
 */
public record LfsLocation(URI address, Map<String, String> headers) {
  /** Headers of the HTTP protocol itself, which the transport sets. */
  private static final Set<String> OF_TRANSPORT =
      Set.of("connection", "content-length", "expect", "host", "transfer-encoding", "upgrade");

  public LfsLocation {
    headers =
        headers.entrySet().stream()
            .filter(header -> !OF_TRANSPORT.contains(header.getKey().toLowerCase(Locale.ROOT)))
            .collect(Collectors.toUnmodifiableMap(Map.Entry::getKey, Map.Entry::getValue));
  }

  /** The text form has no headers, and no query, which may be a signature. */
  @Override
  public String toString() {
    return address.getScheme() + "://" + address.getRawAuthority() + address.getRawPath();
  }
}
