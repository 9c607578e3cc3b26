package dev.stagewright.protocol.stream;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;

/** The types of frames. */
enum Frame {
  HEADER('H', 8 << 20),
  DATA('D', 1 << 20),
  COMPRESSED('Z', 1 << 20),
  END('E', 40);

  /** The first line of a stream. */
  static final byte[] MAGIC = "stagewright-source/1\n".getBytes(StandardCharsets.US_ASCII);

  /** The largest part of the archive in one frame, before compression. */
  static final int LARGEST_PART = 1 << 20;

  private final byte code;
  private final int largest;

  Frame(char code, int largest) {
    this.code = (byte) code;
    this.largest = largest;
  }

  byte code() {
    return code;
  }

  /** The largest number of bytes after the length. */
  int largest() {
    return largest;
  }

  static Optional<Frame> of(int code) {
    return Arrays.stream(values()).filter(frame -> frame.code == code).findFirst();
  }
}
