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
 * Words for what goes wrong between us and a git server.
 *
 * @param url without credentials
 * @param authenticated whether credentials were sent
 * @param help what to tell users whose credentials do not do
 */
record GitFailures(String url, boolean authenticated, CredentialHint help) {
  /** To a page that is not the same request elsewhere; what follows ? may be a secret. */
  private static final Pattern REDIRECT =
      Pattern.compile("redirect \\S+ -> ([^\\s?]+)\\S* not allowed");

  /** The failure that a fetch ended with. */
  BuildFailedException of(Exception failed) {
    return known(failed)
        .map(failure -> new BuildFailedException(failure, failed))
        .orElseGet(() ->
            new BuildFailedException(
                Failure.of(
                    FailureReason.SourceUnavailable,
                    "cannot fetch from " + url + ": " + failed.getMessage()),
                failed));
  }

  /** Whether the server simply has no such ref, for example the HEAD of an empty repository. */
  boolean isMissing(Throwable failed, String ref) {
    var words = MessageFormat.format(JGitText.get().remoteDoesNotHaveSpec, ref);
    return Stream.iterate(failed, cause -> cause != null, Throwable::getCause)
        .anyMatch(cause -> String.valueOf(cause.getMessage()).contains(words));
  }

  /** What is known of a failure or of one of its causes; empty where it could be anything. */
  Optional<Failure> known(Throwable failed) {
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
          failure(FailureReason.SourceUnavailable, "cannot reach " + url + ": no answer in time");
      case ConnectException _ ->
          failure(
              FailureReason.SourceUnavailable, "cannot reach " + url + ": " + cause.getMessage());
      case NoRouteToHostException _ ->
          failure(
              FailureReason.SourceUnavailable, "cannot reach " + url + ": " + cause.getMessage());
      case SSLException _ ->
          failure(
              FailureReason.SourceUnavailable,
              "no trusted connection to " + url + ": " + cause.getMessage());
      default -> ofMessage(String.valueOf(cause.getMessage()));
    };
  }

  /** JGit has no types for a refusal, only texts. */
  private Optional<Failure> ofMessage(String message) {
    var texts = JGitText.get();
    var refused =
        Stream.of(
                texts.notAuthorized, texts.noCredentialsProvider, texts.authenticationNotSupported)
            .anyMatch(message::contains);
    if (refused || message.contains("not permitted")) {
      return failure(
          FailureReason.SourceUnauthorized,
          authenticated
              ? url + " refuses " + help.given()
              : url
                  + " wants credentials: "
                  + help.wanted()
                  + " (some servers say so of repositories that do not exist)");
    }
    if (message.contains(MessageFormat.format(texts.invalidAdvertisementOf, "<"))
        || message.contains("text/html")) {
      return notARepository("answers with a web page");
    }
    var redirect = REDIRECT.matcher(message);
    return redirect.find() ? notARepository("redirects to " + redirect.group(1)) : Optional.empty();
  }

  private Optional<Failure> notARepository(String whatTheServerDoes) {
    return failure(
        FailureReason.SourceNotFound,
        "there is no git repository at "
            + url
            + ": the server "
            + whatTheServerDoes
            + "; correct the URL, and if that is a page to log in, "
            + help.wanted());
  }

  private static Optional<Failure> failure(FailureReason reason, String message) {
    return Optional.of(Failure.of(reason, message));
  }
}
