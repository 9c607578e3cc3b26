package dev.stagewright.registry.http;

import java.net.URI;
import java.util.Map;

/**
 * An HTTP request, without credentials.
 *
 * @param method for example {@code GET}
 * @param uri the absolute address
 * @param headers the headers, without those of the HTTP protocol itself
 * @param body the body; {@link Content#EMPTY} for none
 */
public record Request(String method, URI uri, Map<String, String> headers, Content body) {
  public Request {
    headers = Map.copyOf(headers);
  }

  /** Creates a request without headers and body. */
  public static Request of(String method, URI uri) {
    return new Request(method, uri, Map.of(), Content.EMPTY);
  }

  /** Returns the request with another address. */
  public Request to(URI other) {
    return new Request(method, other, headers, body);
  }
}
