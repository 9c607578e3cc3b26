package dev.stagewright.registry.http;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpHeaders;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** An HTTP response; closing it gives up what has not been read. */
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

  /** Who answered: the request's address, or where that was redirected to. */
  public URI uri() {
    return uri;
  }

  /** The status code. */
  public int status() {
    return status;
  }

  /** The first header of this name, in whatever case. */
  public Optional<String> header(String name) {
    return headers.firstValue(name);
  }

  /** All headers of this name, in whatever case. */
  public List<String> headers(String name) {
    return headers.allValues(name);
  }

  /** Whether the body says that it is a page for people. */
  public boolean isHtml() {
    return header("Content-Type").orElse("").toLowerCase(Locale.ROOT).startsWith("text/html");
  }

  /** The body, which can be read once. */
  public InputStream body() {
    return body;
  }

  /**
   * All of a small body.
   *
   * @param limit in bytes
   * @throws IOException if there is more than that, or reading fails
   */
  public byte[] bytes(int limit) throws IOException {
    var bytes = body.readNBytes(limit + 1);
    if (bytes.length > limit) {
      throw new IOException("the answer is longer than " + limit + " bytes");
    }
    return bytes;
  }

  /** Closes it in a way that lets its connection be used again, if there is little left to read. */
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
