package dev.stagewright.bench.soak;

/** Something that must not be. */
record Violation(Kind kind, String what) {
  /** What is wrong with it. */
  enum Kind {
    /** A build that never ended, or is gone though nobody has deleted it. */
    LOST("lost"),
    /** A build that ended, but not as it should have. */
    WRONG("ended wrong"),
    /** Work that was done twice, or for no reason. */
    DUPLICATED("done twice"),
    /** Something is left that nobody needs. */
    LEAKED("leaked");

    private final String title;

    Kind(String title) {
      this.title = title;
    }

    /** What a number of them is called. */
    String title() {
      return title;
    }
  }

  static Violation lost(String what) {
    return new Violation(Kind.LOST, what);
  }

  static Violation wrong(String what) {
    return new Violation(Kind.WRONG, what);
  }

  static Violation duplicated(String what) {
    return new Violation(Kind.DUPLICATED, what);
  }

  static Violation leaked(String what) {
    return new Violation(Kind.LEAKED, what);
  }
}
