package dev.stagewright.worker.source.git.lfs;

import java.net.URI;
import java.util.Map;

/**
 * An address with the headers that requests to it need.
 *
 * @param address the address
 * @param headers the headers; their values may be secrets
 */
public record LfsLocation(URI address, Map<String, String> headers) {
  public LfsLocation {
    headers = Map.copyOf(headers);
  }

  /** The text form has no headers, and no query, which may be a signature. */
  @Override
  public String toString() {
    return address.getScheme() + "://" + address.getRawAuthority() + address.getRawPath();
  }
}
