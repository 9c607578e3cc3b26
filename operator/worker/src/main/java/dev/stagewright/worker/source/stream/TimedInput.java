package dev.stagewright.worker.source.stream;

import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;

/**
 * An input that does not wait longer than a time for the next data. A read of a pipe cannot be
 * interrupted, so a thread reads it, which ends with the process.
 */
final class TimedInput extends InputStream {
  private static final int CHUNK = 64 * 1024;
  private static final int CHUNKS = 16;

  private final Duration timeout;
  private final BlockingQueue<Chunk> chunks = new ArrayBlockingQueue<>(CHUNKS);
  private Chunk current = new Data(ByteBuffer.allocate(0));
  private boolean hasData;

  /** What the thread has read. */
  private sealed interface Chunk {}

  private record Data(ByteBuffer bytes) implements Chunk {}

  private record End() implements Chunk {}

  private record Failed(IOException cause) implements Chunk {}

  /** Nothing was received in time. */
  static final class TimeoutException extends IOException {
    private static final long serialVersionUID = 1L;

    TimeoutException() {
      super("no data in time");
    }
  }

  /**
   * Starts to read.
   *
   * @param timeout how long to wait for the first data, and then for more
   */
  TimedInput(InputStream in, Duration timeout) {
    this.timeout = timeout;
    Thread.ofPlatform().daemon().name("source-stream").start(() -> read(in));
  }

  private void read(InputStream in) {
    try {
      Chunk chunk;
      do {
        chunk = next(in);
        chunks.put(chunk);
      } while (chunk instanceof Data);
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }

  private static Chunk next(InputStream in) {
    try {
      var bytes = new byte[CHUNK];
      var count = in.read(bytes);
      return count < 0 ? new End() : new Data(ByteBuffer.wrap(bytes, 0, count));
    } catch (IOException e) {
      return new Failed(e);
    }
  }

  /** Whether any data was received. */
  boolean hasData() {
    return hasData;
  }

  @Override
  public int read() throws IOException {
    var one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
  }

  @Override
  public int read(byte[] into, int offset, int length) throws IOException {
    if (length == 0) {
      return 0;
    }
    while (current instanceof Data(var bytes) && !bytes.hasRemaining()) {
      current = next();
    }
    return switch (current) {
      case Data(var bytes) -> {
        hasData = true;
        var count = Math.min(length, bytes.remaining());
        bytes.get(into, offset, count);
        yield count;
      }
      case End _ -> -1;
      case Failed(var cause) -> throw cause;
    };
  }

  private Chunk next() throws IOException {
    try {
      var chunk = chunks.poll(timeout.toMillis(), TimeUnit.MILLISECONDS);
      if (chunk == null) {
        throw new TimeoutException();
      }
      return chunk;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new InterruptedIOException("interrupted");
    }
  }
}
