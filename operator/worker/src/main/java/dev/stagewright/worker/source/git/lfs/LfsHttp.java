package dev.stagewright.worker.source.git.lfs;

import dev.stagewright.protocol.FailureReason;
import dev.stagewright.protocol.OutOfSpace;
import dev.stagewright.registry.call.Retry;
import dev.stagewright.registry.http.Content;
import dev.stagewright.registry.http.Request;
import dev.stagewright.registry.http.Response;
import dev.stagewright.registry.http.RetryAfter;
import dev.stagewright.worker.source.git.http.ServerHttp;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Sends requests of Git LFS: follows redirects, and repeats what failed temporarily.
 *
 * @param http the connections; credentials are for their server only
 * @param authorization user name and password for the server; empty for none
 * @param retry the policy for temporary failures
 */
record LfsHttp(ServerHttp http, Optional<String> authorization, Retry retry) {
  private static final Set<Integer> REDIRECTS = Set.of(301, 302, 303, 307, 308);
  private static final Set<Integer> DENIED = Set.of(401, 403);
  private static final Set<Integer> MISSING = Set.of(404, 410);
  private static final Set<Integer> TRANSIENT = Set.of(408, 425, 429);
  private static final int MAX_REDIRECTS = 5;
  private static final int SERVER_ERROR = 500;

  /** Reads a response. A broken connection is worth another attempt. */
  interface Reader<T> {
    T read(Response response) throws IOException, LfsException;
  }

  /**
   * Sends a request until it succeeds.
   *
   * @throws LfsException if the server rejects it, or all attempts failed
   */
  <T> T send(String method, LfsLocation location, Content body, Reader<T> reader)
      throws LfsException, IOException {
    var attempts = retry.start();
    while (true) {
      String problem;
      var retryAfter = Optional.<Duration>empty();
      try (var response = send(method, location, body)) {
        if (response.status() == 200) {
          return reader.read(response);
        }
        if (response.status() < SERVER_ERROR && !TRANSIENT.contains(response.status())) {
          throw rejected(location, response.status());
        }
        problem = "the server responded with status " + response.status();
        retryAfter = RetryAfter.of(response, Instant.now());
      } catch (IOException e) {
        if (OutOfSpace.of(e).isPresent()) {
          throw e;
        }
        problem = Optional.ofNullable(e.getMessage()).orElse(e.getClass().getSimpleName());
      }
      if (!pause(attempts, retryAfter)) {
        throw new LfsException(
            FailureReason.SourceUnavailable,
            "cannot be fetched from %s: %s (tried %d times)"
                .formatted(location, problem, attempts.failures()));
      }
    }
  }

  private static boolean pause(Retry.Attempts attempts, Optional<Duration> retryAfter)
      throws IOException {
    try {
      return attempts.pause(retryAfter);
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
      throw new InterruptedIOException("interrupted");
    }
  }

  private static LfsException rejected(LfsLocation location, int status) {
    if (DENIED.contains(status)) {
      return new LfsException(
          FailureReason.SourceUnauthorized,
          "cannot be fetched: " + location + " rejects the credentials, or requires some");
    }
    return new LfsException(
        FailureReason.SourceNotFound,
        "cannot be fetched: "
            + location
            + (MISSING.contains(status)
                ? " does not exist: does the server support Git LFS?"
                : " responds with status " + status));
  }

  private Response send(String method, LfsLocation location, Content body) throws IOException {
    var request = new Request(method, location.address(), location.headers(), body);
    for (var redirects = 0; redirects <= MAX_REDIRECTS; redirects++) {
      Response response;
      try {
        response = http.send(request, login(request));
      } catch (IllegalArgumentException e) {
        throw new IOException("the server requests a malformed address or header", e);
      }
      if (!REDIRECTS.contains(response.status())) {
        return response;
      }
      try (response) {
        request = redirected(request, response);
      }
    }
    throw new IOException("more than " + MAX_REDIRECTS + " redirects");
  }

  /** Headers may contain credentials, which are not for another server. */
  private static Request redirected(Request request, Response response) throws IOException {
    var location = response.header("Location").orElse("");
    URI target;
    try {
      target = request.uri().resolve(location);
    } catch (IllegalArgumentException _) {
      throw new IOException("a redirect to a malformed address");
    }
    if (location.isEmpty() || target.getHost() == null || !isAllowed(request.uri(), target)) {
      throw new IOException("a redirect to an address that is not allowed");
    }
    var isSameServer = target.getRawAuthority().equals(request.uri().getRawAuthority());
    return new Request(
        request.method(), target, isSameServer ? request.headers() : Map.of(), request.body());
  }

  private static boolean isAllowed(URI from, URI to) {
    return "https".equalsIgnoreCase(to.getScheme())
        || ("http".equalsIgnoreCase(to.getScheme()) && "http".equalsIgnoreCase(from.getScheme()));
  }

  /** A header that the server of Git LFS requested takes precedence. */
  private Optional<String> login(Request request) {
    return request.headers().keySet().stream().anyMatch("Authorization"::equalsIgnoreCase)
        ? Optional.empty()
        : authorization;
  }
}
