package dev.stagewright.worker.source.git;

import dev.stagewright.protocol.BuildFailedException;
import dev.stagewright.protocol.Failure;
import dev.stagewright.protocol.FailureReason;
import dev.stagewright.worker.source.git.ssh.SshIdentity;
import java.io.IOException;
import java.util.List;

/**
 * The Secret with the credentials for a git server.
 *
 * @param secret the mounted Secret
 * @param field the field that names it, for messages
 */
record GitSecret(MountedSecret secret, String field) {
  /** The keys of the password; the first that exists is used. */
  private static final List<String> PASSWORDS = List.of("password", "token");

  private static final String USER = "username";
  private static final String BEARER = "bearerToken";

  /** The user name for a token; servers accept any name. */
  private static final String TOKEN_USER = "x-access-token";

  /**
   * Reads the credentials for a server.
   *
   * @throws BuildFailedException if the Secret is unusable; the message names the Secret, its keys,
   *     and what to do
   */
  GitCredentials read(GitUrl url) throws IOException {
    return url.isSsh() ? sshKey() : http();
  }

  private GitCredentials http() throws IOException {
    for (var key : PASSWORDS) {
      if (secret.has(key)) {
        return new GitCredentials.Login(user(key), required(key));
      }
    }
    if (secret.has(BEARER)) {
      return new GitCredentials.BearerToken(required(BEARER));
    }
    throw failed(
        SshIdentity.isIn(secret.texts())
            ? "the Secret contains an SSH key, but spec.source.git.url uses https: set it to the SSH URL of the"
                + " repository, or create a Secret of type kubernetes.io/basic-auth, with username and"
                + " password or token"
            : "the Secret has none of the keys password, token and bearerToken, only %s: create a Secret of"
                    .formatted(secret.describeKeys())
                + " type kubernetes.io/basic-auth");
  }

  private String user(String key) throws IOException {
    if (secret.has(USER)) {
      return secret.text(USER).strip();
    }
    return key.equals("token") ? TOKEN_USER : "";
  }

  private String required(String key) throws IOException {
    var text = secret.text(key).strip();
    if (text.isEmpty()) {
      throw failed("the key " + key + " is empty");
    }
    return text;
  }

  private GitCredentials sshKey() throws IOException {
    if (!SshIdentity.isIn(secret.texts())) {
      throw failed(
          "the URL is an SSH URL, but the Secret has no key ssh-privatekey, only "
              + secret.describeKeys()
              + ": create a Secret of type kubernetes.io/ssh-auth, with ssh-privatekey and"
              + " known_hosts");
    }
    try {
      return new GitCredentials.SshKey(
          SshIdentity.parse("Secret " + secret.name(), secret.texts()));
    } catch (IllegalArgumentException e) {
      throw failed(String.valueOf(e.getMessage()));
    }
  }

  private BuildFailedException failed(String problem) {
    return new BuildFailedException(
        Failure.of(
            FailureReason.SourceUnauthorized,
            "Secret " + secret.name() + " of " + field + ": " + problem));
  }
}
