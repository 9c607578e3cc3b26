package dev.stagewright.worker.download;

import dev.stagewright.registry.call.Retry;
import dev.stagewright.registry.http.HttpTransport;
import dev.stagewright.registry.http.RedirectingTransport;
import dev.stagewright.registry.http.Response;
import dev.stagewright.registry.http.RetryAfter;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;

/** Downloads files over HTTP and HTTPS, with retries. */
public final class Downloader implements AutoCloseable {
  private static final Set<Integer> SUCCESS = Set.of(200, 206);
  private static final Set<Integer> TRANSIENT_STATUS = Set.of(408, 416, 425, 429);
  private static final Set<Integer> ACCESS_DENIED_STATUS = Set.of(401, 403);
  private static final int RANGE_NOT_SATISFIABLE = 416;
  private static final int SERVER_ERROR = 500;
  private static final int BUFFER = 64 * 1024;

  private final HttpTransport transport;
  private final RedirectingTransport redirecting;
  private final Retry retry;

  /** Creates a downloader. Its connections live until it is closed. */
  public Downloader(DownloadOptions options) {
    this.retry = options.retry();
    this.transport = new HttpTransport(options.timeouts(), options.proxies());
    this.redirecting = new RedirectingTransport(transport);
  }

  /** The result of one attempt. */
  private sealed interface Result {
    record Succeeded(Download download) implements Result {}

    record FailedTemporarily(String cause, Optional<Duration> retryAfter) implements Result {}
  }

  /**
   * Downloads a file.
   *
   * @param file the path of the result; an existing file is replaced
   * @throws DownloadException if the server does not have the file, it is too large, or all
   *     attempts failed
   * @throws IOException if the file cannot be written
   */
  public Download fetch(DownloadRequest request, Path file)
      throws DownloadException, IOException, InterruptedException {
    var attempts = retry.start();
    try (var transfer = new Transfer(request, file)) {
      while (true) {
        switch (attempt(request, transfer)) {
          case Result.Succeeded(var download) -> {
            return download;
          }
          case Result.FailedTemporarily(var cause, var retryAfter) -> {
            if (!attempts.pause(retryAfter)) {
              throw new DownloadException(
                  DownloadException.Kind.UNAVAILABLE,
                  "cannot fetch %s: %s (tried %d times)"
                      .formatted(request.name(), cause, attempts.failures()));
            }
          }
        }
      }
    }
  }

  private Result attempt(DownloadRequest request, Transfer transfer)
      throws DownloadException, IOException {
    var access = request.access();
    Response response;
    try {
      response =
          redirecting.send(
              request.url(),
              access.connection(),
              transfer.next(),
              access.authorization(request.url()));
    } catch (IOException e) {
      return new Result.FailedTemporarily(message(e), Optional.empty());
    }
    try (response) {
      var status = response.status();
      if (SUCCESS.contains(status)) {
        return transfer.begin(response)
            ? receive(response, transfer)
            : new Result.FailedTemporarily(
                "the server sent another part of the file than was requested", Optional.empty());
      }
      if (status == RANGE_NOT_SATISFIABLE) {
        transfer.restart();
      }
      if (status >= SERVER_ERROR || TRANSIENT_STATUS.contains(status)) {
        return new Result.FailedTemporarily(
            "the server responded with status " + status, RetryAfter.of(response, Instant.now()));
      }
      throw rejected(request, status);
    }
  }

  private static DownloadException rejected(DownloadRequest request, int status) {
    var denied = ACCESS_DENIED_STATUS.contains(status);
    return new DownloadException(
        denied ? DownloadException.Kind.DENIED : DownloadException.Kind.NOT_FOUND,
        "cannot fetch "
            + request.name()
            + ": invalid response status "
            + status
            + (denied ? request.access().deniedHint(request.url()) : ""));
  }

  /** A broken connection is worth another attempt, a full workspace is not. */
  private static Result receive(Response response, Transfer transfer)
      throws DownloadException, IOException {
    var buffer = new byte[BUFFER];
    while (true) {
      int count;
      try {
        count = response.body().read(buffer);
      } catch (IOException e) {
        return new Result.FailedTemporarily(
            "the transfer was interrupted: " + message(e), Optional.empty());
      }
      if (count < 0) {
        return new Result.Succeeded(transfer.complete());
      }
      transfer.add(buffer, count);
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
