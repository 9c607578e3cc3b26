package dev.stagewright.worker.source.git;

import java.util.Optional;
import org.eclipse.jgit.transport.URIish;

/** The credentials that go to a git server; those of one server are never shown to another. */
@FunctionalInterface
public interface GitKeys {
  /** What a server asks for; empty to ask without. */
  Optional<GitCredentials> to(URIish server);

  /** The same credentials for all repositories of one server. */
  static GitKeys only(URIish server, Optional<GitCredentials> credentials) {
    return other ->
        String.valueOf(other.getHost()).equals(server.getHost())
                && other.getPort() == server.getPort()
                && String.valueOf(other.getScheme()).equals(server.getScheme())
            ? credentials
            : Optional.empty();
  }
}
