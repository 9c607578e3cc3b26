package dev.stagewright.worker.source.git;

import dev.stagewright.protocol.BuildFailedException;
import dev.stagewright.protocol.Failure;
import dev.stagewright.protocol.FailureReason;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.text.MessageFormat;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import javax.net.ssl.SSLException;
import org.eclipse.jgit.errors.NoRemoteRepositoryException;
import org.eclipse.jgit.internal.JGitText;

/**
 * Translates failures of git operations into messages for users.
 *
 * @param url the address of the repository, without credentials
 * @param authenticated whether credentials were sent
 * @param hint the hint about credentials
 */
record GitFailures(String url, boolean authenticated, CredentialHint hint) {
  /** A redirect to another page; the query may contain secrets. */
  private static final Pattern REDIRECT =
      Pattern.compile("redirect \\S+ -> ([^\\s?]+)\\S* not allowed");

  /** Returns the failure of a fetch. */
  BuildFailedException of(Exception failed) {
    return classify(failed)
        .map(failure -> new BuildFailedException(failure, failed))
        .orElseGet(() ->
            new BuildFailedException(
                Failure.of(
                    FailureReason.SourceUnavailable,
                    "cannot fetch from " + url + ": " + failed.getMessage()),
                failed));
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
          failure(FailureReason.SourceNotFound, "there is no git repository at " + url);
      case UnknownHostException _ ->
          failure(
              FailureReason.SourceUnavailable,
              "cannot reach " + url + ": unknown host " + cause.getMessage());
      case SocketTimeoutException _ ->
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
              "cannot establish a trusted connection to " + url + ": " + cause.getMessage());
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
      return failure(
          FailureReason.SourceUnauthorized,
          authenticated
              ? url + " rejects " + hint.given()
              : url
                  + " requires credentials: "
                  + hint.action()
                  + " (some servers also respond like this for repositories that do not exist)");
    }
    if (message.contains(MessageFormat.format(texts.invalidAdvertisementOf, "<"))
        || message.contains("text/html")) {
      return notARepository("responds with a web page");
    }
    var redirect = REDIRECT.matcher(message);
    return redirect.find() ? notARepository("redirects to " + redirect.group(1)) : Optional.empty();
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
