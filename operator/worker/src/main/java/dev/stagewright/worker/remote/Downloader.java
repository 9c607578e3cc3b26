package dev.stagewright.worker.remote;

import dev.stagewright.layers.oci.Digest;
import dev.stagewright.protocol.FailureReason;
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

/** Downloads files over http(s), and tries again where that may help. */
final class Downloader implements AutoCloseable {
  private static final Set<Integer> PASSING = Set.of(408, 425, 429);
  private static final Set<Integer> REFUSALS = Set.of(401, 403);
  private static final int SERVER_ERROR = 500;

  private final HttpTransport transport;
  private final RedirectingTransport redirecting;
  private final RemoteSecrets secrets;
  private final RetryPolicy patience;

  Downloader(RemoteSecrets secrets, RetryPolicy patience) {
    this.secrets = secrets;
    this.patience = patience;
    this.transport = new HttpTransport(patience.timeouts());
    this.redirecting = new RedirectingTransport(transport);
  }

  /** What came of one try: either a file, or why there is none and how long to wait. */
  private sealed interface Try {
    record Done(Download download) implements Try {}

    record Failed(String why, Optional<Duration> pause) implements Try {}
  }

  /**
   * Downloads a URL into a file.
   *
   * @throws RemoteException if the server does not have it, or cannot be reached for long
   * @throws IOException if the file cannot be written
   */
  Download fetch(String url, Path into) throws RemoteException, IOException, InterruptedException {
    var uri = parse(url);
    var tried = 0;
    while (true) {
      var result = attempt(uri, into);
      tried++;
      switch (result) {
        case Try.Done(var download) -> {
          return download;
        }
        case Try.Failed(var why, var asked) -> {
          if (tried == patience.tries()) {
            throw new RemoteException(
                FailureReason.RemoteUnavailable,
                "cannot fetch " + url + ": " + why + " (tried " + tried + " times)");
          }
          Thread.sleep(asked.map(patience::granted).orElse(patience.pauseAfter(tried)));
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
      // Told below, as for one without a host.
    }
    throw new RemoteException(FailureReason.RemoteNotFound, url + " is no URL");
  }

  private Try attempt(URI uri, Path into) throws RemoteException, IOException {
    Response response;
    try {
      response = redirecting.send(Request.of("GET", uri), secrets.authorization(uri));
    } catch (IOException e) {
      return new Try.Failed(words(e), Optional.empty());
    }
    try (response) {
      var status = response.status();
      if (status == 200) {
        return received(response, into);
      }
      if (status >= SERVER_ERROR || PASSING.contains(status)) {
        return new Try.Failed(
            "the server answers " + status, RetryAfter.of(response, Instant.now()));
      }
      throw new RemoteException(FailureReason.RemoteNotFound, refusal(uri, status));
    }
  }

  private static String refusal(URI uri, int status) {
    var hint =
        REFUSALS.contains(status)
            ? "; if it wants a token, provide it as the build secret HTTP_AUTH_TOKEN_"
                + uri.getHost()
            : "";
    return "cannot fetch " + uri + ": invalid response status " + status + hint;
  }

  /** A connection that breaks is worth another try, a workspace that is full is not. */
  private static Try received(Response response, Path into) throws IOException {
    var sha256 = Digest.newMessageDigest();
    var size = 0L;
    var buffer = new byte[64 * 1024];
    try (var out = new DigestOutputStream(Files.newOutputStream(into), sha256)) {
      while (true) {
        int count;
        try {
          count = response.body().read(buffer);
        } catch (IOException e) {
          return new Try.Failed("the transfer broke off: " + words(e), Optional.empty());
        }
        if (count < 0) {
          break;
        }
        out.write(buffer, 0, count);
        size += count;
      }
    }
    return new Try.Done(new Download(into, size, Digest.of(sha256).toString(), modified(response)));
  }

  private static Instant modified(Response response) {
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

  private static String words(IOException e) {
    return Optional.ofNullable(e.getMessage()).orElseGet(() -> e.getClass().getSimpleName());
  }

  @Override
  public void close() {
    transport.close();
  }
}
