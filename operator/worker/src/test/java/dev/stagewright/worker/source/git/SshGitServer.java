package dev.stagewright.worker.source.git;

import java.io.IOException;
import java.nio.file.Path;
import java.security.KeyPair;
import java.security.PublicKey;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicReference;
import java.util.regex.Pattern;
import org.apache.sshd.common.config.keys.KeyUtils;
import org.apache.sshd.common.config.keys.OpenSshCertificate;
import org.apache.sshd.common.keyprovider.KeyPairProvider;
import org.apache.sshd.server.SshServer;
import org.apache.sshd.server.shell.InvertedShellWrapper;
import org.apache.sshd.server.shell.ProcessShell;

/** An SSH server with git repositories on the loopback interface. */
public final class SshGitServer implements AutoCloseable {
  /** The host of its addresses. */
  public static final String HOST = "127.0.0.1";

  private static final Pattern UPLOAD = Pattern.compile("git-upload-pack '/?(.*)'");

  private final SshServer server;
  private final AtomicReference<String> lfsAnswer = new AtomicReference<>("");

  private SshGitServer(SshServer server) {
    this.server = server;
  }

  /**
   * Serves every repository below a directory.
   *
   * @param hostKey the key of the server
   * @param certificates host certificates of the key; may be empty
   * @param accepted the key of the only user, or of the authority of the certificates of users
   */
  public static SshGitServer start(
      Path root, KeyPair hostKey, List<OpenSshCertificate> certificates, PublicKey accepted)
      throws IOException {
    var server = SshServer.setUpDefaultServer();
    server.setHost(HOST);
    server.setKeyPairProvider(KeyPairProvider.wrap(hostKey));
    if (!certificates.isEmpty()) {
      server.setHostKeyCertificateProvider(_ -> certificates);
    }
    server.setPublickeyAuthenticator((_, key, _) -> isAccepted(key, accepted));
    var git = new SshGitServer(server);
    server.setCommandFactory((_, command) -> {
      var upload = UPLOAD.matcher(command);
      var line =
          upload.matches()
              ? List.of("git", "upload-pack", root.resolve(upload.group(1)).toString())
              : git.lfsCommand(command);
      return new InvertedShellWrapper(new ProcessShell(line));
    });
    server.start();
    return git;
  }

  private List<String> lfsCommand(String command) {
    var answer = Objects.requireNonNull(lfsAnswer.get());
    return command.startsWith("git-lfs-authenticate") && !answer.isEmpty()
        ? List.of("echo", answer)
        : List.of("false");
  }

  /** Sets what {@code git-lfs-authenticate} prints. */
  void answerLfs(String answer) {
    lfsAnswer.set(answer);
  }

  private static boolean isAccepted(PublicKey key, PublicKey accepted) {
    return key instanceof OpenSshCertificate certificate
        ? KeyUtils.compareKeys(certificate.getCaPubKey(), accepted)
            && OpenSshCertificate.isValidNow(certificate)
        : KeyUtils.compareKeys(key, accepted);
  }

  /** The port of the server. */
  public int port() {
    return server.getPort();
  }

  /** The URL of a repository. */
  public String url(String path) {
    return "ssh://git@" + HOST + ":" + port() + "/" + path;
  }

  @Override
  public void close() throws IOException {
    server.stop(true);
  }
}
