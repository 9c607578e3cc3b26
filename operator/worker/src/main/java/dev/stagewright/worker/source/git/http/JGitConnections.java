package dev.stagewright.worker.source.git.http;

import java.net.Proxy;
import java.net.URL;
import org.eclipse.jgit.transport.http.HttpConnection;
import org.eclipse.jgit.transport.http.HttpConnectionFactory2;
import org.jspecify.annotations.Nullable;

/**
 * Creates the HTTP connections of JGit. The proxies are those of the transport, not of JGit.
 *
 * @param http sends the requests
 */
public record JGitConnections(ServerHttp http) implements HttpConnectionFactory2 {
  @Override
  public HttpConnection create(URL url) {
    return new JGitConnection(url, http);
  }

  @Override
  public HttpConnection create(URL url, @Nullable Proxy proxy) {
    return create(url);
  }

  /** Certificates are always verified, whatever JGit requests. */
  @Override
  public GitSession newSession() {
    return new GitSession() {
      @Override
      public HttpConnection configure(HttpConnection connection, boolean verify) {
        return connection;
      }

      @Override
      public void close() {
        // The connections belong to the transport.
      }
    };
  }
}
