package dev.stagewright.worker.source.git;

import dev.stagewright.worker.source.git.ssh.SshIdentity;
import java.nio.charset.StandardCharsets;
import java.util.Base64;

/** What proves to a git server who is asking. The text form contains no secret. */
public sealed interface GitCredentials {

  /**
   * User name and password, or a token, for HTTP.
   *
   * @param username may be empty if a token is sufficient
   * @param password the password or token, never shown
   */
  record Login(String username, String password) implements GitCredentials {
    /** The value of the header {@code Authorization}. */
    String header() {
      var pair = (username + ":" + password).getBytes(StandardCharsets.UTF_8);
      return "Basic " + Base64.getEncoder().encodeToString(pair);
    }

    @Override
    public String toString() {
      return "Login[" + username + "]";
    }
  }

  /**
   * A token for the header {@code Authorization: Bearer}.
   *
   * @param token the token, never shown
   */
  record BearerToken(String token) implements GitCredentials {
    @Override
    public String toString() {
      return "BearerToken[]";
    }
  }

  /** A key for SSH. */
  record SshKey(SshIdentity identity) implements GitCredentials {}
}
