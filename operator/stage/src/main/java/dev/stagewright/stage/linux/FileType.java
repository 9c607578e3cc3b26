package dev.stagewright.stage.linux;

/** The file types of Linux with their bits in the mode of a file. */
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

  /** The bits of the type in a mode, such as {@code S_IFREG}. */
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
