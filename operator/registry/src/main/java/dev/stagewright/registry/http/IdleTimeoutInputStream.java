package dev.stagewright.registry.http;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.http.HttpTimeoutException;
import java.time.Duration;

/** A response body whose reader does not wait forever for the next byte. */
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
      // The reader gets the timeout, which is what matters.
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
        throw timeout();
      }
      return read;
    } catch (IOException e) {
      throw timer.isExpired() ? timeout() : e;
    } finally {
      timer.pause();
    }
  }

  private HttpTimeoutException timeout() {
    return new HttpTimeoutException("no bytes received for " + idle.toSeconds() + " s");
  }

  @Override
  public void close() throws IOException {
    timer.close();
    super.close();
  }
}
