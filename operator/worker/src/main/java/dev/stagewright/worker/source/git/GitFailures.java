package dev.stagewright.worker.source.git;

import dev.stagewright.protocol.BuildFailedException;
import dev.stagewright.protocol.Failure;
import dev.stagewright.protocol.FailureReason;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.nio.channels.UnresolvedAddressException;
import java.text.MessageFormat;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.TimeoutException;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import javax.net.ssl.SSLException;
import org.apache.sshd.common.SshConstants;
import org.apache.sshd.common.SshException;
import org.eclipse.jgit.errors.NoRemoteRepositoryException;
import org.eclipse.jgit.internal.JGitText;

/**
 * Translates failures of git operations into messages for users.
 *
 * @param url the address of the repository
 * @param credentials the credentials for its server
 * @param hint the hint about credentials
 * @param connections the connections to the server
 */
record GitFailures(
    GitUrl url,
    Optional<GitCredentials> credentials,
    CredentialHint hint,
    ServerConnections connections) {
  private static final int NO_MORE_METHODS =
      SshConstants.SSH2_DISCONNECT_NO_MORE_AUTH_METHODS_AVAILABLE;

  /** The certificate of a host is checked before its authority. */
  private static final Pattern HOST_KEY =
      Pattern.compile("KeyExchange signature verification failed,? ?(.*)");

  /** A redirect to another page; the query may contain secrets. */
  private static final Pattern REDIRECT =
      Pattern.compile("redirect \\S+ -> ([^\\s?]+)\\S* not allowed");

  /** Returns the failure of a fetch. */
  BuildFailedException of(Exception failed) {
    return untrusted()
        .or(() -> classify(failed))
        .map(failure -> new BuildFailedException(failure, failed))
        .orElseGet(() ->
            new BuildFailedException(
                Failure.of(
                    FailureReason.SourceUnavailable,
                    "cannot fetch from " + url + ": " + failed.getMessage()),
                failed));
  }

  /** The server was refused because of its host key. */
  private Optional<Failure> untrusted() {
    return connections instanceof ServerConnections.Ssh(var sessions)
        ? sessions.rejection().map(message -> Failure.of(FailureReason.HostKeyNotTrusted, message))
        : Optional.empty();
  }

  /** Whether the server does not have a ref, for example the HEAD of an empty repository. */
  boolean isMissing(Throwable failed, String ref) {
    var text = MessageFormat.format(JGitText.get().remoteDoesNotHaveSpec, ref);
    return Stream.iterate(failed, cause -> cause != null, Throwable::getCause)
        .anyMatch(cause -> String.valueOf(cause.getMessage()).contains(text));
  }

  /** Returns the known failure for an exception or one of its causes; empty if it is unknown. */
  Optional<Failure> classify(Throwable failed) {
    return Stream.iterate(failed, cause -> cause != null, Throwable::getCause)
        .flatMap(cause -> ofType(cause).stream())
        .findFirst();
  }

  private Optional<Failure> ofType(Throwable cause) {
    return switch (cause) {
      case NoRemoteRepositoryException _ ->
          failure(
              FailureReason.SourceNotFound,
              "there is no git repository at "
                  + url
                  + (url.isSsh() ? ", or the SSH key has no access to it" : ""));
      case UnknownHostException _, UnresolvedAddressException _ ->
          failure(
              FailureReason.SourceUnavailable,
              "cannot reach " + url + ": unknown host " + url.host());
      case SocketTimeoutException _, TimeoutException _ ->
          failure(FailureReason.SourceUnavailable, "cannot reach " + url + ": no response in time");
      case ConnectException _ ->
          failure(
              FailureReason.SourceUnavailable, "cannot reach " + url + ": " + cause.getMessage());
      case NoRouteToHostException _ ->
          failure(
              FailureReason.SourceUnavailable, "cannot reach " + url + ": " + cause.getMessage());
      case SSLException _ ->
          failure(
              FailureReason.SourceUnavailable,
              "cannot establish a trusted connection to "
                  + url
                  + ": "
                  + cause.getMessage()
                  + "; "
                  + hint.certificateAction());
      case SshException ssh when ssh.getDisconnectCode() == NO_MORE_METHODS -> rejected();
      default -> ofMessage(String.valueOf(cause.getMessage()));
    };
  }

  /** JGit has no exception types for rejections, only messages. */
  private Optional<Failure> ofMessage(String message) {
    var texts = JGitText.get();
    var rejected =
        Stream.of(
                texts.notAuthorized, texts.noCredentialsProvider, texts.authenticationNotSupported)
            .anyMatch(message::contains);
    if (rejected || message.contains("not permitted")) {
      return rejected();
    }
    var certificate = HOST_KEY.matcher(message);
    if (certificate.find()) {
      return failure(
          FailureReason.HostKeyNotTrusted,
          "the host key or certificate of "
              + url.host()
              + " is not valid: "
              + certificate.group(1));
    }
    if (message.contains(MessageFormat.format(texts.invalidAdvertisementOf, "<"))
        || message.contains("text/html")) {
      return notARepository("responds with a web page");
    }
    var redirect = REDIRECT.matcher(message);
    return redirect.find() ? notARepository("redirects to " + redirect.group(1)) : Optional.empty();
  }

  private Optional<Failure> rejected() {
    return failure(
        FailureReason.SourceUnauthorized,
        otherServer()
            .map(other ->
                url
                    + " redirects to "
                    + other
                    + ", which requires credentials; they are not sent to another server: use the address of"
                    + " the repository at that server")
            .orElseGet(() ->
                credentials
                    .map(sent -> url + " rejects " + description(sent))
                    .orElse(
                        url
                            + " requires credentials: "
                            + hint.action()
                            + " (some servers also respond like this for repositories that do not exist)")));
  }

  private Optional<String> otherServer() {
    return connections instanceof ServerConnections.Http(var http, _)
        ? http.otherServer()
        : Optional.empty();
  }

  private String description(GitCredentials sent) {
    return sent instanceof GitCredentials.SshKey(var identity)
        ? identity.description(InstantSource.system())
        : hint.given();
  }

  private Optional<Failure> notARepository(String serverBehavior) {
    return failure(
        FailureReason.SourceNotFound,
        "there is no git repository at "
            + url
            + ": the server "
            + serverBehavior
            + "; correct the URL, or, if the page is a login page, "
            + hint.action());
  }

  private static Optional<Failure> failure(FailureReason reason, String message) {
    return Optional.of(Failure.of(reason, message));
  }
}
