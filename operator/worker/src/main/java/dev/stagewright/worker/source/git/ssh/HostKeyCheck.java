package dev.stagewright.worker.source.git.ssh;

import java.net.InetSocketAddress;
import java.security.PublicKey;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.regex.Pattern;
import org.eclipse.jgit.transport.CredentialsProvider;
import org.eclipse.jgit.transport.SshConstants;
import org.eclipse.jgit.transport.sshd.ServerKeyDatabase;
import org.jspecify.annotations.Nullable;

/** Accepts only servers of a {@code known_hosts} file, and remembers the last one it refused. */
final class HostKeyCheck implements ServerKeyDatabase {
  private static final Pattern WITH_PORT = Pattern.compile("\\[(.+)]:([0-9]+)");

  private final KnownHosts knownHosts;
  private final AtomicReference<Optional<HostKeyRejection>> rejection =
      new AtomicReference<>(Optional.empty());

  HostKeyCheck(KnownHosts knownHosts) {
    this.knownHosts = knownHosts;
  }

  private record Server(String host, int port) {
    /** Parses {@code host} or {@code [host]:port}. */
    static Server of(String address) {
      var withPort = WITH_PORT.matcher(address);
      return withPort.matches()
          ? new Server(withPort.group(1), Integer.parseInt(withPort.group(2)))
          : new Server(address, SshConstants.SSH_DEFAULT_PORT);
    }
  }

  @Override
  public List<PublicKey> lookup(
      String address, InetSocketAddress remote, Configuration configuration) {
    var server = Server.of(address);
    return knownHosts.keys(server.host(), server.port());
  }

  @Override
  public boolean accept(
      String address,
      InetSocketAddress remote,
      PublicKey key,
      Configuration configuration,
      @Nullable CredentialsProvider provider) {
    var server = Server.of(address);
    var trust = knownHosts.check(server.host(), server.port(), key);
    if (trust == HostKeyTrust.TRUSTED) {
      return true;
    }
    rejection.set(Optional.of(new HostKeyRejection(server.host(), server.port(), key, trust)));
    return false;
  }

  /** The server that was refused; empty for none. */
  Optional<HostKeyRejection> rejection() {
    return Objects.requireNonNull(rejection.get());
  }
}
