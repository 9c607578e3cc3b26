package dev.stagewright.worker.source.git;

import dev.stagewright.worker.source.git.http.HttpSettings;
import dev.stagewright.worker.source.git.http.JGitConnections;
import dev.stagewright.worker.source.git.http.ServerHttp;
import dev.stagewright.worker.source.git.ssh.SshSessions;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import org.eclipse.jgit.api.TransportConfigCallback;
import org.eclipse.jgit.transport.SshTransport;
import org.eclipse.jgit.transport.Transport;
import org.eclipse.jgit.transport.TransportHttp;

/** The connections to one git server. */
sealed interface ServerConnections extends TransportConfigCallback, AutoCloseable {

  /**
   * Creates the connections.
   *
   * @param home a directory that does not exist
   * @return empty for SSH without a key
   */
  static Optional<ServerConnections> open(
      GitUrl url,
      Optional<GitCredentials> credentials,
      HttpSettings settings,
      Path home,
      Duration timeout) {
    if (url.isSsh()) {
      return credentials.flatMap(found ->
          found instanceof GitCredentials.SshKey(var identity)
              ? Optional.of(new Ssh(new SshSessions(identity, home)))
              : Optional.empty());
    }
    var token =
        credentials.flatMap(found ->
            found instanceof GitCredentials.BearerToken(var text)
                ? Optional.of(text)
                : Optional.empty());
    var login =
        credentials.flatMap(found ->
            found instanceof GitCredentials.Login given ? Optional.of(given) : Optional.empty());
    var server = url.server();
    return Optional.of(
        new Http(new ServerHttp(server, settings.of(server), token, timeout), login));
  }

  @Override
  void close();

  /** Connections over HTTP. */
  record Http(ServerHttp http, Optional<GitCredentials.Login> login) implements ServerConnections {
    @Override
    public void configure(Transport transport) {
      ((TransportHttp) transport).setHttpConnectionFactory(new JGitConnections(http));
      login.ifPresent(given -> transport.setCredentialsProvider(new ServerLogin(http, given)));
    }

    @Override
    public void close() {
      http.close();
    }
  }

  /** Connections over SSH. */
  record Ssh(SshSessions sessions) implements ServerConnections {
    @Override
    public void configure(Transport transport) {
      ((SshTransport) transport).setSshSessionFactory(sessions.factory());
    }

    @Override
    public void close() {
      sessions.close();
    }
  }
}
