package dev.stagewright.stage.mount;

import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.util.Arrays;
import java.util.Objects;

/**
 * Writes {@code ***} in place of secrets. The possible beginning of a secret is held back until the
 * next bytes arrive or until this stream is closed, which leaves the underlying stream open.
 */
public final class MaskingOutput extends FilterOutputStream {
  private static final byte[] MASK = {'*', '*', '*'};

  private final SecretMasker masks;
  private byte[] held = new byte[0];

  /** Masks these values. */
  public MaskingOutput(OutputStream out, SecretMasker masks) {
    super(out);
    this.masks = masks;
  }

  @Override
  public synchronized void write(int b) throws IOException {
    write(new byte[] {(byte) b}, 0, 1);
  }

  @Override
  public synchronized void write(byte[] bytes, int offset, int length) throws IOException {
    Objects.checkFromIndexSize(offset, length, bytes.length);
    var text = Arrays.copyOf(held, held.length + length);
    System.arraycopy(bytes, offset, text, held.length, length);
    held = pass(text, false);
  }

  /** Writes everything except the possible beginning of a secret, which it returns. */
  private byte[] pass(byte[] text, boolean last) throws IOException {
    var start = 0;
    var at = 0;
    while (at < text.length) {
      if (!last && masks.mayGrow(text, at)) {
        break;
      }
      var length = masks.longestAt(text, at);
      if (length == 0) {
        at++;
        continue;
      }
      out.write(text, start, at - start);
      out.write(MASK);
      at += length;
      start = at;
    }
    out.write(text, start, at - start);
    return Arrays.copyOfRange(text, at, text.length);
  }

  @Override
  public synchronized void close() throws IOException {
    held = pass(held, true);
    out.flush();
  }
}
