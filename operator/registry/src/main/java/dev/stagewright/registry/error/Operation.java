package dev.stagewright.registry.error;

import java.io.IOException;
import java.net.ConnectException;
import java.net.UnknownHostException;
import java.nio.channels.UnresolvedAddressException;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.net.ssl.SSLException;

/**
 * What is being attempted, for the words of failures.
 *
 * @param action what and of which image, after "cannot", for example {@code read the manifest of
 *     harbor.example.com/team/hello:1}
 * @param asked host and port that are asked, where the action does not name it
 */
public record Operation(String action, Optional<String> asked) {

  /** The registry refused it. */
  public RegistryException refused(ErrorResponse answer) {
    return refused(answer, Hint.NONE);
  }

  /**
   * The registry refused it.
   *
   * @param advice what is known beyond an answer that wants (other) credentials
   */
  public RegistryException refused(ErrorResponse answer, Hint advice) {
    var refusal = ErrorClassifier.of(answer);
    return refusal.kind() == ErrorKind.UNAUTHORIZED && !advice.words().isEmpty()
        ? refused(advice.kind(), answer, advice.words())
        : refused(refusal.kind(), answer, refusal.hint());
  }

  private RegistryException refused(ErrorKind kind, ErrorResponse answer, String hint) {
    if (!isForPeople(answer)) {
      return new RegistryException(kind, message(answer.toString(), hint), answer);
    }
    var hints =
        Stream.of(hint, HtmlResponse.HINT)
            .filter(text -> !text.isEmpty())
            .collect(Collectors.joining("; "));
    return new RegistryException(kind, message(answer + " with a web page", hints), answer);
  }

  /** Proxies before registries answer 413, 429 and 5xx with pages of their own, which is usual. */
  private static boolean isForPeople(ErrorResponse answer) {
    return answer.isWebPage()
        && answer.status() != 413
        && answer.status() != 429
        && answer.status() < 500;
  }

  /**
   * Nothing, or nothing that can be read, came back. A failure of another call behind it, for
   * example of the one that the bytes to send come from, stays as it is.
   */
  public RegistryException failed(IOException cause) {
    var behind = causes(cause).filter(RegistryException.class::isInstance).findFirst();
    if (behind.isPresent()) {
      return (RegistryException) behind.get();
    }
    if (cause instanceof SSLException) {
      var hint =
          "trust the registry's certificate, or list the host under registries as plain http";
      return new RegistryException(
          ErrorKind.INVALID, message("no TLS: " + cause.getMessage(), hint), cause);
    }
    return new RegistryException(ErrorKind.UNAVAILABLE, message(words(cause), ""), cause);
  }

  /** What came back is not what it has to be. */
  public RegistryException failed(ErrorKind kind, String what, String hint) {
    return new RegistryException(kind, message(what, hint));
  }

  private static String words(IOException cause) {
    return switch (cause) {
      case ConnectException _ when isUnresolved(cause) -> "the host name is unknown";
      case UnknownHostException _ -> "the host name is unknown";
      case ConnectException _ -> "the connection was refused";
      default -> Optional.ofNullable(cause.getMessage()).orElse(cause.getClass().getSimpleName());
    };
  }

  private static boolean isUnresolved(Throwable failure) {
    return causes(failure).anyMatch(UnresolvedAddressException.class::isInstance);
  }

  private static Stream<Throwable> causes(Throwable failure) {
    return Stream.iterate(failure, cause -> cause != null, Throwable::getCause);
  }

  private String message(String what, String hint) {
    var where = asked.map(host -> " (asked " + host + ")").orElse("");
    return Stream.of("cannot " + action + where + ": " + what, hint)
        .filter(part -> !part.isEmpty())
        .collect(Collectors.joining("; "));
  }
}
