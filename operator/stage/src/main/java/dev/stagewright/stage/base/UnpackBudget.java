package dev.stagewright.stage.base;

/** Counts what is unpacked, and stops at a limit. */
final class UnpackBudget {
  private final UnpackLimit limit;
  private long bytes;
  private long entries;

  UnpackBudget(UnpackLimit limit) {
    this.limit = limit;
  }

  static UnpackBudget unlimited() {
    return new UnpackBudget(new UnpackLimit(Long.MAX_VALUE, Long.MAX_VALUE));
  }

  void addBytes(long count) throws BaseTooLargeException {
    bytes += count;
    if (bytes > limit.bytes()) {
      throw new BaseTooLargeException(
          "its uncompressed layers are larger than " + limit.bytes() + " bytes");
    }
  }

  void addEntry() throws BaseTooLargeException {
    entries++;
    if (entries > limit.entries()) {
      throw new BaseTooLargeException("its layers have more than " + limit.entries() + " entries");
    }
  }
}
