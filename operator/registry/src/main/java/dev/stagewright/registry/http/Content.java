package dev.stagewright.registry.http;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;

/** Bytes to send, which can be read again from the start if sending fails. */
public interface Content {

  /** No bytes. */
  Content EMPTY = of(new byte[0]);

  /** The number of bytes. */
  long size();

  /** Opens the bytes from the start; the caller closes the stream. */
  InputStream open() throws IOException;

  /** Creates content from bytes in memory. */
  static Content of(byte[] bytes) {
    return of(bytes.length, () -> new ByteArrayInputStream(bytes));
  }

  /**
   * Creates content from a file.
   *
   * @throws IOException if the file does not exist
   */
  static Content ofFile(Path file) throws IOException {
    return of(Files.size(file), () -> Files.newInputStream(file));
  }

  /** Creates content from any source, for example another registry. */
  static Content of(long size, Source source) {
    return new Content() {
      @Override
      public long size() {
        return size;
      }

      @Override
      public InputStream open() throws IOException {
        return source.open();
      }
    };
  }

  /** Opens streams. */
  @FunctionalInterface
  interface Source {
    /** Opens a new stream from the start. */
    InputStream open() throws IOException;
  }
}
