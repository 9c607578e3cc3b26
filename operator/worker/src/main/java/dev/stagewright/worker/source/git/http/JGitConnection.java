package dev.stagewright.worker.source.git.http;

import dev.stagewright.registry.http.Content;
import dev.stagewright.registry.http.Request;
import dev.stagewright.registry.http.Response;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.URL;
import java.security.SecureRandom;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import javax.net.ssl.HostnameVerifier;
import javax.net.ssl.KeyManager;
import javax.net.ssl.TrustManager;
import org.eclipse.jgit.transport.http.HttpConnection;
import org.jspecify.annotations.Nullable;

/**
 * One request of JGit and its response. Requests of a fetch are small, so that their bodies are
 * held in memory.
 */
final class JGitConnection implements HttpConnection {
  private static final String AUTHORIZATION = "Authorization";

  /** The transport sets its own. */
  private static final String USER_AGENT = "User-Agent";

  private final URL url;
  private final ServerHttp http;
  private final Map<String, String> headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
  private final ByteArrayOutputStream body = new ByteArrayOutputStream();
  private String method = "GET";
  private Optional<Response> response = Optional.empty();

  JGitConnection(URL url, ServerHttp http) {
    this.url = url;
    this.http = http;
  }

  private Response response() throws IOException {
    if (response.isEmpty()) {
      var uri = uri();
      var authorization = Optional.ofNullable(headers.remove(AUTHORIZATION));
      headers.remove(USER_AGENT);
      var request = new Request(method, uri, headers, Content.of(body.toByteArray()));
      try {
        response = Optional.of(http.send(request, authorization));
      } catch (IOException e) {
        throw new ConnectionFailure(uri.getHost(), e).translated();
      }
    }
    return response.get();
  }

  private URI uri() throws IOException {
    try {
      return url.toURI();
    } catch (URISyntaxException e) {
      throw new IOException("the address is malformed", e);
    }
  }

  @Override
  public int getResponseCode() throws IOException {
    return response().status();
  }

  /** HTTP has no reason phrases any more; JGit shows this after the status. */
  @Override
  public String getResponseMessage() {
    return "from the server";
  }

  @Override
  public URL getURL() {
    return url;
  }

  @Override
  public Map<String, List<String>> getHeaderFields() {
    return response.map(Response::headers).orElse(Map.of());
  }

  @Override
  public List<String> getHeaderFields(String name) {
    return response.map(received -> received.headers(name)).orElse(List.of());
  }

  @Override
  public @Nullable String getHeaderField(String name) {
    return response.flatMap(received -> received.header(name)).orElse(null);
  }

  @Override
  public @Nullable String getContentType() {
    return getHeaderField("Content-Type");
  }

  @Override
  public int getContentLength() {
    return -1;
  }

  @Override
  public InputStream getInputStream() throws IOException {
    return response().body();
  }

  @Override
  public OutputStream getOutputStream() {
    return body;
  }

  @Override
  public void setRequestProperty(String key, String value) {
    headers.put(key, value);
  }

  @Override
  public void setRequestMethod(String name) {
    method = name;
  }

  @Override
  public String getRequestMethod() {
    return method;
  }

  @Override
  public void connect() throws IOException {
    response();
  }

  @Override
  public boolean usingProxy() {
    return false;
  }

  // What follows are settings of the JDK's URLConnection, which the transport does not have.

  @Override
  public void setUseCaches(boolean use) {}

  @Override
  public void setConnectTimeout(int millis) {}

  @Override
  public void setReadTimeout(int millis) {}

  @Override
  public void setInstanceFollowRedirects(boolean follow) {}

  @Override
  public void setDoOutput(boolean output) {}

  @Override
  public void setFixedLengthStreamingMode(int length) {}

  @Override
  public void setChunkedStreamingMode(int length) {}

  /** Certificates are always verified by the settings of the transport. */
  @Override
  public void configure(
      KeyManager @Nullable [] keys,
      TrustManager @Nullable [] trust,
      @Nullable SecureRandom random) {
    throw new UnsupportedOperationException("the TLS settings are those of the transport");
  }

  @Override
  public void setHostnameVerifier(@Nullable HostnameVerifier verifier) {
    throw new UnsupportedOperationException("the TLS settings are those of the transport");
  }
}
