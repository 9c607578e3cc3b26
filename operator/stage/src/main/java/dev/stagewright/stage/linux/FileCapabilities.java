package dev.stagewright.stage.linux;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;

/**
 * Converts values of {@code security.capability}. In a user namespace the kernel adds the id of the
 * root user, which has no meaning in an image.
 */
final class FileCapabilities {
  private static final int REVISION = 0xff000000;
  private static final int REVISION_2 = 0x02000000;
  private static final int REVISION_3 = 0x03000000;
  private static final int LENGTH_2 = 20;
  private static final int LENGTH_3 = 24;

  private FileCapabilities() {}

  /** The same capabilities in revision 2, which has no id of a root user. */
  static byte[] withoutRoot(byte[] value) {
    var old = ByteBuffer.wrap(value).order(ByteOrder.LITTLE_ENDIAN);
    if (value.length != LENGTH_3 || (old.getInt(0) & REVISION) != REVISION_3) {
      return value;
    }
    var plain = Arrays.copyOf(value, LENGTH_2);
    ByteBuffer.wrap(plain)
        .order(ByteOrder.LITTLE_ENDIAN)
        .putInt(0, (old.getInt(0) & ~REVISION) | REVISION_2);
    return plain;
  }
}
