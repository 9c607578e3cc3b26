package dev.stagewright.registry.http;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.util.ArrayList;
import java.util.List;

/**
 * The body of a request for the JDK's HTTP client. Restarts the idle timer with each read, and
 * closes streams that the client leaves open when it does not read them to the end.
 */
final class RequestBody implements AutoCloseable {
  private final Content content;
  private final Timeouts timeouts;
  private final IdleTimer timer;
  private final List<InputStream> opened = new ArrayList<>();

  RequestBody(Content content, Timeouts timeouts, IdleTimer timer) {
    this.content = content;
    this.timeouts = timeouts;
    this.timer = timer;
  }

  /** Has a known length, because registries with object stores require one. */
  BodyPublisher publisher() {
    return content.size() == 0
        ? BodyPublishers.noBody()
        : BodyPublishers.fromPublisher(BodyPublishers.ofInputStream(this::open), content.size());
  }

  private synchronized InputStream open() {
    try {
      var stream = new TimedInputStream(content.open());
      opened.add(stream);
      return stream;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public synchronized void close() throws IOException {
    for (var stream : opened) {
      stream.close();
    }
  }

  private final class TimedInputStream extends FilterInputStream {
    private long left = content.size();
    private boolean closed;

    TimedInputStream(InputStream in) {
      super(in);
    }

    @Override
    public int read(byte[] buffer, int offset, int length) throws IOException {
      timer.pause();
      var read = in.read(buffer, offset, length);
      left -= Math.max(read, 0);
      timer.await(left > 0 ? timeouts.idle() : timeouts.response());
      return read;
    }

    @Override
    public void close() throws IOException {
      if (!closed) {
        closed = true;
        super.close();
      }
    }
  }
}
