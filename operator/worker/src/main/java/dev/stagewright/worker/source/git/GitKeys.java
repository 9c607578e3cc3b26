package dev.stagewright.worker.source.git;

import java.util.Optional;
import org.eclipse.jgit.transport.URIish;

/** The credentials for git servers. Credentials of one server are never sent to another one. */
@FunctionalInterface
public interface GitKeys {
  /** Returns the credentials for a server; empty for anonymous access. */
  Optional<GitCredentials> find(URIish server);

  /** Returns the credentials for one server only. */
  static GitKeys forServer(URIish server, Optional<GitCredentials> credentials) {
    return other ->
        String.valueOf(other.getHost()).equals(server.getHost())
                && other.getPort() == server.getPort()
                && String.valueOf(other.getScheme()).equals(server.getScheme())
            ? credentials
            : Optional.empty();
  }
}
