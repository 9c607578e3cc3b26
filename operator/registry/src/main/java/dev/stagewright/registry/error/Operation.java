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
 * An operation, for error messages.
 *
 * @param action the action and its object, to follow "cannot", for example {@code read the manifest
 *     of harbor.example.com/team/hello:1}
 * @param requestedHost host and port of the request; empty if the action names the host
 */
public record Operation(String action, Optional<String> requestedHost) {

  /** The registry rejected the operation. */
  public RegistryException rejected(ErrorResponse response) {
    return rejected(response, Hint.NONE);
  }

  /**
   * The registry rejected the operation.
   *
   * @param unauthorizedHint the hint for a response that requires other credentials
   */
  public RegistryException rejected(ErrorResponse response, Hint unauthorizedHint) {
    var classified = ErrorClassifier.of(response);
    return classified.kind() == ErrorKind.UNAUTHORIZED && !unauthorizedHint.text().isEmpty()
        ? rejected(unauthorizedHint.kind(), response, unauthorizedHint.text())
        : rejected(classified.kind(), response, classified.hint());
  }

  private RegistryException rejected(ErrorKind kind, ErrorResponse response, String hint) {
    if (!isUnexpectedHtml(response)) {
      return new RegistryException(kind, message(response.toString(), hint), response);
    }
    var hints =
        Stream.of(hint, HtmlResponse.HINT)
            .filter(text -> !text.isEmpty())
            .collect(Collectors.joining("; "));
    return new RegistryException(kind, message(response + " with a web page", hints), response);
  }

  /**
   * Proxies in front of registries respond to 413, 429 and 5xx with web pages, which is expected.
   */
  private static boolean isUnexpectedHtml(ErrorResponse response) {
    return response.isHtml()
        && response.status() != 413
        && response.status() != 429
        && response.status() < 500;
  }

  /**
   * The response is missing or unreadable. If the cause is a failure of another call, for example
   * of the one that reads the bytes to send, that failure is returned.
   */
  public RegistryException failed(IOException cause) {
    var nested = causes(cause).filter(RegistryException.class::isInstance).findFirst();
    if (nested.isPresent()) {
      return (RegistryException) nested.get();
    }
    if (cause instanceof SSLException) {
      var hint =
          "trust the registry's certificate, or configure the host as plain http under registries";
      return new RegistryException(
          ErrorKind.INVALID, message("no TLS: " + cause.getMessage(), hint), cause);
    }
    return new RegistryException(ErrorKind.UNAVAILABLE, message(description(cause), ""), cause);
  }

  /** The response is invalid. */
  public RegistryException failed(ErrorKind kind, String problem, String hint) {
    return new RegistryException(kind, message(problem, hint));
  }

  private static String description(IOException cause) {
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

  private String message(String problem, String hint) {
    var host = requestedHost.map(name -> " (requested from " + name + ")").orElse("");
    return Stream.of("cannot " + action + host + ": " + problem, hint)
        .filter(part -> !part.isEmpty())
        .collect(Collectors.joining("; "));
  }
}
