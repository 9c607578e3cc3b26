package dev.stagewright.e2e;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.awaitility.Awaitility;

/**
 * OpenSSH's server on this machine, with a git repository that Pods of the cluster can reach, and
 * the keys of its users.
 */
final class OpenSshServer implements AutoCloseable {
  private static final Duration QUICK = Duration.ofMinutes(1);
  private static final Duration DOWNLOAD = Duration.ofMinutes(5);

  private final Shell shell =
      new Shell(
          Map.of(
              "GIT_AUTHOR_NAME", "e2e",
              "GIT_AUTHOR_EMAIL", "e2e@example.com",
              "GIT_COMMITTER_NAME", "e2e",
              "GIT_COMMITTER_EMAIL", "e2e@example.com"));
  private final Path folder;
  private final String host;
  private final int port;
  private final Process process;

  private OpenSshServer(Path folder, String host, int port) throws IOException {
    this.folder = folder;
    this.host = host;
    this.port = port;
    for (var name : List.of("host", "user", "authority", "certified")) {
      keygen("-q", "-t", "ed25519", "-N", "", "-C", name + "@example.com", "-f", path(name));
    }
    keygen("-q", "-s", path("authority"), "-I", "e2e", "-n", "git", path("certified.pub"));
    var config = Files.writeString(folder.resolve("sshd_config"), config());
    this.process =
        shell.start(
            folder.resolve("sshd.log"),
            LocalCluster.repository().resolve("e2e/local/sshd").toString(),
            config.toString());
  }

  static OpenSshServer start(Environment environment) {
    try {
      var folder = Files.createTempDirectory("e2e-ssh-");
      int port;
      try (var socket = new ServerSocket()) {
        socket.bind(new InetSocketAddress(environment.host(), 0));
        port = socket.getLocalPort();
      }
      var server = new OpenSshServer(folder, environment.host(), port);
      server.git("init", "-q", "-b", "main");
      server.awaitListening();
      return server;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private String config() {
    return """
    ListenAddress %s
    Port %d
    HostKey %s
    AuthorizedKeysFile %s
    TrustedUserCAKeys %s
    PermitRootLogin yes
    PasswordAuthentication no
    KbdInteractiveAuthentication no
    StrictModes no
    UsePAM no
    PidFile none
    AcceptEnv GIT_PROTOCOL
    """
        .formatted(host, port, path("host"), path("user.pub"), path("authority.pub"));
  }

  private void awaitListening() {
    Awaitility.await()
        .atMost(DOWNLOAD)
        .until(() -> {
          if (!process.isAlive()) {
            throw new AssertionError(
                "sshd ended:\n" + Files.readString(folder.resolve("sshd.log")));
          }
          try (var socket = new Socket()) {
            socket.connect(new InetSocketAddress(host, port));
            return true;
          } catch (IOException _) {
            return false;
          }
        });
  }

  String url() {
    return "ssh://git@" + host + ":" + port + folder.resolve("repository");
  }

  /** What {@code ssh-keyscan} prints about this server. */
  String keyscan() {
    return shell.output(
        QUICK, "sh", "-c", "ssh-keyscan -p %d %s 2>/dev/null".formatted(port, host));
  }

  /** A file with a key: {@code user}, {@code certified}, {@code certified-cert.pub}. */
  String file(String name) {
    try {
      return Files.readString(folder.resolve(name));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Commits files to main, signed by the key of the user; returns the commit ID. */
  String commit(Map<String, String> files) {
    try {
      for (var file : files.entrySet()) {
        Files.writeString(folder.resolve("repository").resolve(file.getKey()), file.getValue());
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    git("add", ".");
    git(
        "-c",
        "gpg.format=ssh",
        "-c",
        "user.signingKey=" + path("user"),
        "commit",
        "-q",
        "-S",
        "-m",
        "x");
    return git("rev-parse", "HEAD");
  }

  private String git(String... arguments) {
    var command = new ArrayList<>(List.of("git", "-C", repository().toString()));
    command.addAll(List.of(arguments));
    return shell.output(QUICK, command.toArray(String[]::new));
  }

  private Path repository() {
    try {
      return Files.createDirectories(folder.resolve("repository"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void keygen(String... arguments) {
    var command = new ArrayList<>(List.of("ssh-keygen"));
    command.addAll(List.of(arguments));
    shell.output(QUICK, command.toArray(String[]::new));
  }

  private String path(String name) {
    return folder.resolve(name).toString();
  }

  @Override
  public void close() {
    process.descendants().forEach(ProcessHandle::destroy);
    process.destroy();
    shell.output(QUICK, "rm", "-rf", folder.toString());
  }
}
