package dev.stagewright.worker.cache.store;

import dev.stagewright.registry.http.Content;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;

/** Content that remembers whether it could not be read: then the registry is not to blame. */
final class WatchedContent implements Content {
  private final Content content;
  private volatile boolean failed;

  WatchedContent(Content content) {
    this.content = content;
  }

  boolean hasFailed() {
    return failed;
  }

  @Override
  public long size() {
    return content.size();
  }

  @Override
  public InputStream open() throws IOException {
    try {
      return new Watched(content.open());
    } catch (IOException e) {
      failed = true;
      throw e;
    }
  }

  /** Notices failures to read. */
  private final class Watched extends FilterInputStream {
    Watched(InputStream in) {
      super(in);
    }

    @Override
    public int read() throws IOException {
      try {
        return in.read();
      } catch (IOException e) {
        failed = true;
        throw e;
      }
    }

    @Override
    public int read(byte[] into, int offset, int length) throws IOException {
      try {
        return in.read(into, offset, length);
      } catch (IOException e) {
        failed = true;
        throw e;
      }
    }
  }
}
