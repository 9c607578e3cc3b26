package dev.stagewright.worker.source.git.ssh;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.eclipse.jgit.errors.TransportException;
import org.eclipse.jgit.transport.SshSessionFactory;
import org.eclipse.jgit.transport.URIish;
import org.eclipse.jgit.transport.sshd.SshdSessionFactory;
import org.eclipse.jgit.transport.sshd.SshdSessionFactoryBuilder;
import org.eclipse.jgit.util.FS;

/**
 * Opens SSH sessions with one identity. Configuration, keys and known hosts of a home directory,
 * agents and passwords are not used.
 */
public final class SshSessions implements AutoCloseable {
  private static final int MAX_OUTPUT = 1 << 16;

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

  /**
   * Runs a command of the server.
   *
   * @return its output; empty if it fails, for example because the server does not have it
   * @throws TransportException if there is no session
   */
  public Optional<String> run(URIish server, String command, Duration timeout) throws IOException {
    var session =
        factory.getSession(server, null, FS.DETECTED, Math.toIntExact(timeout.toMillis()));
    try {
      var process = session.exec(command, Math.toIntExact(timeout.toSeconds()));
      var output = new String(process.getInputStream().readNBytes(MAX_OUTPUT), UTF_8);
      var isDone = process.waitFor(timeout.toSeconds(), TimeUnit.SECONDS);
      return isDone && process.exitValue() == 0 ? Optional.of(output) : Optional.empty();
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
      throw new InterruptedIOException("interrupted");
    } finally {
      session.disconnect();
    }
  }

  @Override
  public void close() {
    factory.close();
  }
}
