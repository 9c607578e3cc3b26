package dev.stagewright.worker.source.git.ssh;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.eclipse.jgit.transport.SshSessionFactory;
import org.eclipse.jgit.transport.sshd.SshdSessionFactory;
import org.eclipse.jgit.transport.sshd.SshdSessionFactoryBuilder;

/**
 * Opens SSH sessions with one identity. Configuration, keys and known hosts of a home directory,
 * agents and passwords are not used.
 */
public final class SshSessions implements AutoCloseable {
  private final SshIdentity identity;
  private final HostKeyCheck hostKeys;
  private final SshdSessionFactory factory;

  /**
   * Creates sessions.
   *
   * @param home an empty or missing directory
   */
  public SshSessions(SshIdentity identity, Path home) {
    this.identity = identity;
    this.hostKeys = new HostKeyCheck(identity.knownHosts().orElse(KnownHosts.NONE));
    this.factory =
        new SshdSessionFactoryBuilder()
            .setPreferredAuthentications("publickey")
            .setHomeDirectory(home.toFile())
            .setSshDirectory(home.resolve(".ssh").toFile())
            .setConfigFile(_ -> null)
            .setDefaultIdentities(_ -> List.of())
            .setDefaultKeysProvider(_ -> identity.keys())
            .setServerKeyDatabase((_, _) -> hostKeys)
            .setConnectorFactory(null)
            .build(null);
  }

  /** The factory for JGit. */
  public SshSessionFactory factory() {
    return factory;
  }

  /** Explains why a server was refused; empty if its key is known. */
  public Optional<String> rejection() {
    return hostKeys
        .rejection()
        .map(refused -> refused.message(identity.source(), identity.knownHosts().isEmpty()));
  }

  @Override
  public void close() {
    factory.close();
  }
}
