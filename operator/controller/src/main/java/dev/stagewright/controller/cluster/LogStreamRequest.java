package dev.stagewright.controller.cluster;

import io.fabric8.kubernetes.api.model.Status;
import io.fabric8.kubernetes.client.http.AsyncBody;
import io.fabric8.kubernetes.client.http.HttpResponse;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletionException;
import org.jspecify.annotations.Nullable;

/**
 * A request for a log stream, and its response. No thread waits for either.
 *
 * <p>Neither the receiver nor the HTTP client is called under the lock of this object: both have
 * locks of their own, under which they call this object.
 */
final class LogStreamRequest implements LogStreams.LogStream {
  private static final int OK = 200;
  private static final int LARGEST_ERROR = 8 * 1024;

  private final LogConnection connection;
  private final String path;
  private final LogStreams.Receiver receiver;
  private final ByteArrayOutputStream error = new ByteArrayOutputStream();
  private @Nullable AsyncBody body;
  private boolean isAccepted;
  private boolean hasEnded;

  LogStreamRequest(
      LogConnection connection,
      ContainerReference container,
      LogStreams.Start start,
      LogStreams.Receiver receiver) {
    this.connection = connection;
    this.path = path(container, start);
    this.receiver = receiver;
  }

  /** Sends the request now that the connection is open. */
  void send() {
    synchronized (this) {
      if (hasEnded) {
        return;
      }
    }
    try {
      var request = connection.request(path).forStreaming().build();
      var _ =
          connection
              .client()
              .getHttpClient()
              .consumeBytes(request, this::receive)
              .whenComplete((response, failure) -> {
                if (response != null) {
                  accept(response);
                } else {
                  lose(failure);
                }
              });
    } catch (RuntimeException e) {
      lose(e);
    }
  }

  private static String path(ContainerReference container, LogStreams.Start start) {
    var path =
        new StringBuilder(
            "/api/v1/namespaces/%s/pods/%s/log?container=%s&follow=true&timestamps=true"
                .formatted(container.namespace(), container.pod(), container.container()));
    start.since().ifPresent(since -> path.append("&sinceTime=").append(since));
    start.tailLines().ifPresent(lines -> path.append("&tailLines=").append(lines));
    return path.toString();
  }

  private void accept(HttpResponse<AsyncBody> response) {
    boolean isUnwanted;
    synchronized (this) {
      body = response.body();
      isAccepted = response.code() == OK;
      isUnwanted = hasEnded;
    }
    if (isUnwanted) {
      response.body().cancel();
    }
    var _ =
        response
            .body()
            .done()
            .whenComplete((_, failure) -> {
              if (failure != null) {
                lose(failure);
              } else if (isAccepted) {
                end(new LogStreams.End.Completed());
              } else {
                end(new LogStreams.End.Refused(response.code() + " " + message()));
              }
            });
    response.body().consume();
  }

  private void receive(List<ByteBuffer> buffers, AsyncBody from) {
    if (hasEnded()) {
      from.cancel();
      return;
    }
    for (var buffer : buffers) {
      if (isAccepted) {
        receiver.receive(buffer);
      } else {
        while (buffer.hasRemaining() && error.size() < LARGEST_ERROR) {
          error.write(buffer.get());
        }
      }
    }
    from.consume();
  }

  private String message() {
    var text = error.toString(StandardCharsets.UTF_8);
    try {
      var status = connection.serialization().unmarshal(text, Status.class);
      return Optional.ofNullable(status).map(Status::getMessage).orElse(text);
    } catch (RuntimeException e) {
      return text;
    }
  }

  /** The connection has failed, unless the stream was closed. */
  private void lose(Throwable failure) {
    var cause =
        failure instanceof CompletionException && failure.getCause() != null
            ? failure.getCause()
            : failure;
    if (!hasEnded()) {
      connection.failed(cause);
    }
    fail(cause);
  }

  /** Ends the stream because of a failure of its connection. */
  void fail(Throwable failure) {
    end(new LogStreams.End.Broken(Objects.toString(failure.getMessage(), failure.toString())));
  }

  private synchronized boolean hasEnded() {
    return hasEnded;
  }

  private void end(LogStreams.End end) {
    synchronized (this) {
      if (hasEnded) {
        return;
      }
      hasEnded = true;
    }
    connection.remove();
    receiver.end(end);
  }

  /** Ends the stream first, so that the end of its body does not count as a lost connection. */
  @Override
  public void close() {
    end(new LogStreams.End.Broken("closed"));
    // A response that arrives later is cancelled then.
    response().ifPresent(AsyncBody::cancel);
  }

  private synchronized Optional<AsyncBody> response() {
    return Optional.ofNullable(body);
  }
}
