package dev.stagewright.bench.soak;

/** A violation of a guarantee of the operator. */
record Violation(Kind kind, String message) {
  /** The kinds of violations. */
  enum Kind {
    /** A build that never finished, or that does not exist although nobody deleted it. */
    LOST("lost"),
    /** A build with a wrong result. */
    WRONG("wrong result"),
    /** Work that was done twice or for no reason. */
    DUPLICATED("done twice"),
    /** An object that should have been deleted. */
    LEAKED("leaked");

    private final String title;

    Kind(String title) {
      this.title = title;
    }

    /** The name of the number of violations in the report. */
    String title() {
      return title;
    }
  }

  static Violation lost(String message) {
    return new Violation(Kind.LOST, message);
  }

  static Violation wrong(String message) {
    return new Violation(Kind.WRONG, message);
  }

  static Violation duplicated(String message) {
    return new Violation(Kind.DUPLICATED, message);
  }

  static Violation leaked(String message) {
    return new Violation(Kind.LEAKED, message);
  }
}
