package dev.stagewright.worker.source.git.http;

import java.io.IOException;
import java.net.ConnectException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.net.http.HttpTimeoutException;
import java.nio.channels.UnresolvedAddressException;
import java.util.stream.Stream;

/**
 * A failure of the JDK's HTTP client, which has other exceptions than the rest of the JDK, many of
 * them without a message.
 *
 * @param host the host of the request
 * @param cause the exception of the client
 */
record ConnectionFailure(String host, IOException cause) {

  /** Returns the exception that a socket would have thrown. */
  IOException translated() {
    if (has(UnresolvedAddressException.class)) {
      return withCause(new UnknownHostException(host));
    }
    if (has(HttpTimeoutException.class)) {
      return withCause(new SocketTimeoutException("no response in time from " + host));
    }
    if (cause instanceof ConnectException && cause.getMessage() == null) {
      return withCause(new ConnectException("the connection is refused by"));
    }
    return cause;
  }

  private boolean has(Class<? extends Exception> type) {
    return Stream.<Throwable>iterate(cause, found -> found != null, Throwable::getCause)
        .anyMatch(type::isInstance);
  }

  private <E extends IOException> E withCause(E translated) {
    translated.initCause(cause);
    return translated;
  }
}
