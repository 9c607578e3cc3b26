package dev.stagewright.stage.details;

/** The types of records in a details file. */
final class DetailsKind {
  static final long MAGIC = 0x737764657461696cL; // "swdetail"

  static final int END = 0;
  static final int ENTRY = 1;
  static final int TOUCHED = 2;
  static final int SOCKET = 3;
  static final int LINK = 4;

  private DetailsKind() {}
}
