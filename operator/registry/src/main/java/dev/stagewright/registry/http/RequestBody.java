package dev.stagewright.registry.http;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;

/** Hands a request's body to the HTTP client, and tells the timer of each byte that it takes. */
final class RequestBody {
  private final Content content;
  private final Timeouts timeouts;
  private final IdleTimer timer;

  RequestBody(Content content, Timeouts timeouts, IdleTimer timer) {
    this.content = content;
    this.timeouts = timeouts;
    this.timer = timer;
  }

  /** With a length, as registries behind object stores take no other. */
  BodyPublisher publisher() {
    return content.size() == 0
        ? BodyPublishers.noBody()
        : BodyPublishers.fromPublisher(BodyPublishers.ofInputStream(this::open), content.size());
  }

  private InputStream open() {
    try {
      return new Progress(content.open());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private final class Progress extends FilterInputStream {
    private long left = content.size();

    Progress(InputStream in) {
      super(in);
    }

    @Override
    public int read(byte[] buffer, int offset, int length) throws IOException {
      timer.rest();
      var read = in.read(buffer, offset, length);
      left -= Math.max(read, 0);
      timer.await(left > 0 ? timeouts.idle() : timeouts.answer());
      return read;
    }
  }
}
