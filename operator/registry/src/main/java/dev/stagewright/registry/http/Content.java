package dev.stagewright.registry.http;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;

/** Bytes to send, which can be had again from the start when sending fails. */
public interface Content {

  /** No bytes. */
  Content EMPTY = of(new byte[0]);

  /** How many bytes there are. */
  long size();

  /** The bytes, from the start; whoever opens them closes them. */
  InputStream open() throws IOException;

  /** Bytes in memory. */
  static Content of(byte[] bytes) {
    return of(bytes.length, () -> new ByteArrayInputStream(bytes));
  }

  /**
   * The bytes of a file.
   *
   * @throws IOException if there is no such file
   */
  static Content ofFile(Path file) throws IOException {
    return of(Files.size(file), () -> Files.newInputStream(file));
  }

  /** Bytes from anywhere, for example from another registry. */
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

  /** Opens a stream, each time from the start. */
  @FunctionalInterface
  interface Source {
    /** A new stream of the same bytes. */
    InputStream open() throws IOException;
  }
}
