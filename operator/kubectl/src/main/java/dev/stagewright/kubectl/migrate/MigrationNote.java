package dev.stagewright.kubectl.migrate;

/** A remark about the conversion of one setting. */
record MigrationNote(Kind kind, String text) {
  /** Kinds of notes. */
  enum Kind {
    /** The user can read it, and need not act. */
    NOTE,
    /** The result differs, or is incomplete, until the user acts. */
    TODO
  }

  static MigrationNote note(String text) {
    return new MigrationNote(Kind.NOTE, text);
  }

  static MigrationNote todo(String text) {
    return new MigrationNote(Kind.TODO, text);
  }

  @Override
  public String toString() {
    return (kind == Kind.TODO ? "to do: " : "note: ") + text;
  }
}
