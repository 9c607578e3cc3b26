package dev.stagewright.registry.http;

import java.net.URI;
import java.util.Map;

/**
 * An HTTP request, without credentials.
 *
 * @param method for example {@code GET}
 * @param uri absolute
 * @param headers beside those that HTTP itself needs
 * @param body {@link Content#EMPTY} for none
 */
public record Request(String method, URI uri, Map<String, String> headers, Content body) {
  public Request {
    headers = Map.copyOf(headers);
  }

  /** A request without headers and body. */
  public static Request of(String method, URI uri) {
    return new Request(method, uri, Map.of(), Content.EMPTY);
  }

  /** The same to another address. */
  public Request to(URI other) {
    return new Request(method, other, headers, body);
  }
}
