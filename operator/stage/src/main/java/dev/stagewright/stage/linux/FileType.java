package dev.stagewright.stage.linux;

/** The kinds of files that Linux knows, with their bits in a file's mode. */
public enum FileType {
  FIFO(0010000),
  CHARACTER_DEVICE(0020000),
  DIRECTORY(0040000),
  BLOCK_DEVICE(0060000),
  FILE(0100000),
  SYMLINK(0120000),
  SOCKET(0140000);

  private static final int MASK = 0170000;

  private final int bits;

  FileType(int bits) {
    this.bits = bits;
  }

  /** The type's bits in a mode, {@code S_IFREG} and its like. */
  public int bits() {
    return bits;
  }

  static FileType of(int mode) {
    return switch (mode & MASK) {
      case 0010000 -> FIFO;
      case 0020000 -> CHARACTER_DEVICE;
      case 0040000 -> DIRECTORY;
      case 0060000 -> BLOCK_DEVICE;
      case 0100000 -> FILE;
      case 0120000 -> SYMLINK;
      case 0140000 -> SOCKET;
      default -> throw new IllegalArgumentException("mode " + Integer.toOctalString(mode));
    };
  }
}
