package dev.stagewright.layers.gzip;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.zip.CRC32;
import java.util.zip.Deflater;

/**
 * Writes one gzip member (RFC 1952) with a constant header, compressed in blocks of a fixed size by
 * several threads, with less than 1 MiB of memory per thread. The stream itself is not thread-safe.
 */
public final class ParallelGzipStream extends OutputStream {
  private static final int MAX_THREADS = 8;
  private static final byte UNKNOWN_SYSTEM = (byte) 0xff;
  private static final byte[] HEADER = {
    0x1f, (byte) 0x8b, Deflater.DEFLATED, 0, 0, 0, 0, 0, 0, UNKNOWN_SYSTEM
  };
  private static final int TRAILER_SIZE = 8;

  private final OutputStream out;
  private final BlockPool pool;
  private final Deque<Running> running = new ArrayDeque<>();
  private final CRC32 crc = new CRC32();
  private GzipBlock current;
  private long size;
  private boolean closed;

  private record Running(GzipBlock block, Future<?> future) {}

  /** Creates a stream with as many threads as there are processors, up to eight. */
  public ParallelGzipStream(OutputStream out, int level) throws IOException {
    this(out, level, Math.min(MAX_THREADS, Runtime.getRuntime().availableProcessors()));
  }

  /**
   * Creates a stream.
   *
   * @param level 1 (fast) to 9 (small)
   * @param threads the number of threads, which does not affect the bytes
   */
  public ParallelGzipStream(OutputStream out, int level, int threads) throws IOException {
    this.out = out;
    this.pool = new BlockPool(level, threads);
    this.current = pool.take().orElseThrow();
    out.write(HEADER);
  }

  @Override
  public void write(int b) throws IOException {
    write(new byte[] {(byte) b}, 0, 1);
  }

  @Override
  public void write(byte[] bytes, int offset, int length) throws IOException {
    crc.update(bytes, offset, length);
    size += length;
    for (var done = 0; done < length; ) {
      // A full block may be the last one, so it waits for more bytes.
      if (current.isFull()) {
        startNext();
      }
      done += current.add(bytes, offset + done, length - done);
    }
  }

  private void startNext() throws IOException {
    var next = pool.take();
    while (next.isEmpty()) {
      writeFirst();
      next = pool.take();
    }
    next.get().resetAfter(current);
    running.add(new Running(current, pool.compress(current)));
    current = next.get();
  }

  /** Writes the block that was started first. */
  private void writeFirst() throws IOException {
    var first = running.remove();
    try {
      first.future().get();
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
      throw new InterruptedIOException("interrupted while compressing");
    } catch (ExecutionException e) {
      throw new IOException("cannot compress", e.getCause());
    }
    write(first.block());
    pool.release(first.block());
  }

  private void write(GzipBlock block) throws IOException {
    out.write(block.compressed(), 0, block.compressedLength());
  }

  @Override
  public void close() throws IOException {
    if (closed) {
      return;
    }
    closed = true;
    try (out;
        pool) {
      while (!running.isEmpty()) {
        writeFirst();
      }
      current.compress(true);
      write(current);
      var trailer = ByteBuffer.allocate(TRAILER_SIZE).order(ByteOrder.LITTLE_ENDIAN);
      out.write(trailer.putInt((int) crc.getValue()).putInt((int) size).array());
    }
  }
}
