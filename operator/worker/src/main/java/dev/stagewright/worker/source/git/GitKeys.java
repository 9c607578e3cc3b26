package dev.stagewright.worker.source.git;

import java.util.Optional;

/** The credentials for git servers. Credentials of one server are never sent to another one. */
@FunctionalInterface
public interface GitKeys {
  /** Returns the credentials for a server; empty for anonymous access. */
  Optional<GitCredentials> find(GitUrl server);

  /**
   * Returns the credentials for one server only. An SSH key is for all servers with SSH: those that
   * may be connected to are in its known hosts, and a server does not learn the key.
   */
  static GitKeys forServer(GitUrl server, Optional<GitCredentials> credentials) {
    return other ->
        credentials.filter(found ->
            switch (found) {
              case GitCredentials.SshKey _ -> other.isSsh();
              case GitCredentials.Login _, GitCredentials.BearerToken _ ->
                  other.isSameServer(server);
            });
  }
}
