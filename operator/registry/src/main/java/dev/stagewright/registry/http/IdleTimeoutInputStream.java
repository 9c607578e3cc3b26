package dev.stagewright.registry.http;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.http.HttpTimeoutException;
import java.time.Duration;

/** A response's body whose reader does not wait forever for the next byte. */
final class IdleTimeoutInputStream extends FilterInputStream {
  private final Duration idle;
  private final IdleTimer timer;

  IdleTimeoutInputStream(InputStream body, Duration idle) {
    super(body);
    this.idle = idle;
    this.timer = new IdleTimer(idle);
    timer.onExpiry(() -> abandon(body));
  }

  private static void abandon(InputStream body) {
    try {
      body.close();
    } catch (IOException _) {
      // The reader is told of the silence, which is what matters.
    }
  }

  @Override
  public int read() throws IOException {
    var one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
  }

  @Override
  public int read(byte[] buffer, int offset, int length) throws IOException {
    timer.await(idle);
    try {
      var read = in.read(buffer, offset, length);
      if (timer.isExpired()) {
        throw silence();
      }
      return read;
    } catch (IOException e) {
      throw timer.isExpired() ? silence() : e;
    } finally {
      timer.rest();
    }
  }

  private HttpTimeoutException silence() {
    return new HttpTimeoutException("no byte came for " + idle.toSeconds() + " s");
  }

  @Override
  public void close() throws IOException {
    timer.close();
    super.close();
  }
}
