package dev.stagewright.registry.http;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpHeaders;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** An HTTP response; closing it abandons the unread part of the body. */
public final class Response implements AutoCloseable {
  private static final int MAX_DISCARDED_BYTES = 1 << 16;

  private final URI uri;
  private final int status;
  private final HttpHeaders headers;
  private final InputStream body;

  Response(URI uri, int status, HttpHeaders headers, InputStream body) {
    this.uri = uri;
    this.status = status;
    this.headers = headers;
    this.body = body;
  }

  /** The address that responded: the request's address, or the target of a redirect. */
  public URI uri() {
    return uri;
  }

  /** The status code. */
  public int status() {
    return status;
  }

  /** The first header of this name, ignoring case. */
  public Optional<String> header(String name) {
    return headers.firstValue(name);
  }

  /** All headers of this name, ignoring case. */
  public List<String> headers(String name) {
    return headers.allValues(name);
  }

  /** All headers, by name. */
  public Map<String, List<String>> headers() {
    return headers.map();
  }

  /** Whether the content type is a web page. */
  public boolean isHtml() {
    return header("Content-Type").orElse("").toLowerCase(Locale.ROOT).startsWith("text/html");
  }

  /** The body, which can be read once. */
  public InputStream body() {
    return body;
  }

  /**
   * Reads a small body completely.
   *
   * @param limit the largest size in bytes
   * @throws IOException if the body is larger, or cannot be read
   */
  public byte[] bytes(int limit) throws IOException {
    var bytes = body.readNBytes(limit + 1);
    if (bytes.length > limit) {
      throw new IOException("the response is longer than " + limit + " bytes");
    }
    return bytes;
  }

  /** Closes the response so that its connection can be reused, if little of the body is unread. */
  public void discard() throws IOException {
    try (body) {
      var _ = body.readNBytes(MAX_DISCARDED_BYTES);
    }
  }

  @Override
  public void close() throws IOException {
    body.close();
  }
}
