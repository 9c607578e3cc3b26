package dev.stagewright.worker.remote;

import dev.stagewright.layers.oci.Digest;
import dev.stagewright.protocol.FailureReason;
import dev.stagewright.registry.call.Retry;
import dev.stagewright.registry.http.HttpTransport;
import dev.stagewright.registry.http.RedirectingTransport;
import dev.stagewright.registry.http.Request;
import dev.stagewright.registry.http.Response;
import dev.stagewright.registry.http.RetryAfter;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestOutputStream;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Optional;
import java.util.Set;

/** Downloads files over HTTP and HTTPS, with retries. */
final class Downloader implements AutoCloseable {
  private static final Set<Integer> TRANSIENT_STATUS = Set.of(408, 425, 429);
  private static final Set<Integer> ACCESS_DENIED_STATUS = Set.of(401, 403);
  private static final int SERVER_ERROR = 500;

  private final HttpTransport transport;
  private final RedirectingTransport redirecting;
  private final RemoteSecrets secrets;
  private final Retry retry;

  Downloader(RemoteSecrets secrets, DownloadOptions options) {
    this.secrets = secrets;
    this.retry = options.retry();
    this.transport = new HttpTransport(options.timeouts());
    this.redirecting = new RedirectingTransport(transport);
  }

  /** The result of one attempt. */
  private sealed interface Result {
    record Succeeded(Download download) implements Result {}

    record FailedTemporarily(String cause, Optional<Duration> retryAfter) implements Result {}
  }

  /**
   * Downloads a URL to a file.
   *
   * @throws RemoteException if the server does not have the file, or all attempts failed
   * @throws IOException if the file cannot be written
   */
  Download fetch(String url, Path file) throws RemoteException, IOException, InterruptedException {
    var uri = parse(url);
    var attempts = retry.start();
    while (true) {
      switch (attempt(uri, file)) {
        case Result.Succeeded(var download) -> {
          return download;
        }
        case Result.FailedTemporarily(var cause, var retryAfter) -> {
          if (!attempts.pause(retryAfter)) {
            throw new RemoteException(
                FailureReason.RemoteUnavailable,
                "cannot fetch %s: %s (tried %d times)".formatted(url, cause, attempts.failures()));
          }
        }
      }
    }
  }

  private static URI parse(String url) throws RemoteException {
    try {
      var uri = URI.create(url.replace(" ", "%20"));
      if (uri.getHost() != null) {
        return uri;
      }
    } catch (IllegalArgumentException _) {
      // Handled below, like a URL without a host.
    }
    throw new RemoteException(FailureReason.RemoteNotFound, url + " is not a valid URL");
  }

  private Result attempt(URI uri, Path file) throws RemoteException, IOException {
    Response response;
    try {
      response = redirecting.send(Request.of("GET", uri), secrets.authorization(uri));
    } catch (IOException e) {
      return new Result.FailedTemporarily(message(e), Optional.empty());
    }
    try (response) {
      var status = response.status();
      if (status == 200) {
        return receive(response, file);
      }
      if (status >= SERVER_ERROR || TRANSIENT_STATUS.contains(status)) {
        return new Result.FailedTemporarily(
            "the server responded with status " + status, RetryAfter.of(response, Instant.now()));
      }
      throw new RemoteException(FailureReason.RemoteNotFound, invalidStatus(uri, status));
    }
  }

  private static String invalidStatus(URI uri, int status) {
    var hint =
        ACCESS_DENIED_STATUS.contains(status)
            ? "; if the server requires a token, provide it as the build secret HTTP_AUTH_TOKEN_"
                + uri.getHost()
            : "";
    return "cannot fetch " + uri + ": invalid response status " + status + hint;
  }

  /** A broken connection is worth another attempt, a full workspace is not. */
  private static Result receive(Response response, Path file) throws IOException {
    var sha256 = Digest.newMessageDigest();
    var size = 0L;
    var buffer = new byte[64 * 1024];
    try (var out = new DigestOutputStream(Files.newOutputStream(file), sha256)) {
      while (true) {
        int count;
        try {
          count = response.body().read(buffer);
        } catch (IOException e) {
          return new Result.FailedTemporarily(
              "the transfer was interrupted: " + message(e), Optional.empty());
        }
        if (count < 0) {
          break;
        }
        out.write(buffer, 0, count);
        size += count;
      }
    }
    return new Result.Succeeded(
        new Download(file, size, Digest.of(sha256).toString(), lastModified(response)));
  }

  private static Instant lastModified(Response response) {
    return response.header("Last-Modified").flatMap(Downloader::time).orElse(Instant.EPOCH);
  }

  private static Optional<Instant> time(String header) {
    try {
      return Optional.of(
          ZonedDateTime.parse(header, DateTimeFormatter.RFC_1123_DATE_TIME).toInstant());
    } catch (DateTimeException _) {
      return Optional.empty();
    }
  }

  private static String message(IOException e) {
    return Optional.ofNullable(e.getMessage()).orElseGet(() -> e.getClass().getSimpleName());
  }

  @Override
  public void close() {
    transport.close();
  }
}
